import { Controller } from '@nestjs/common';
import { type ActivityReceived, type Envelope, idReused, seal, topics } from '@sestante/contracts';
import { InjectStream } from '@sestante/runtime';
import { type Batch, done, eachOnce, Handles, type Outcome, type Stream, unitOfWork } from '@sestante/streaming';
import { DataSource } from 'typeorm';
import { resolveBatch } from './resolve-batch.ts';
import { addIdentities, findOwners } from './store/identities.ts';
import { addToTimeline, findActivities, type KeptActivity } from './store/timeline.ts';
import { setTraits } from './store/traits.ts';
import { toActivity, toCustomerActed, toTraits } from './translate.ts';

/** Finds the customer of every activity, keeps the activity in the timeline, and says that the customer acted. */
@Controller()
export class ResolveActivities {
  constructor(
    private readonly dataSource: DataSource,
    @InjectStream() private readonly stream: Stream,
  ) {}

  @Handles(topics.activities, { group: 'profile', isPaced: true })
  async handle(batch: Batch<typeof topics.activities>): Promise<readonly Outcome[]> {
    const received = batch.map(({ data }) => data);
    await this.keep(eachOnce(batch, ({ activityId }) => activityId).map(toActivity), received);
    return batch.map(() => done);
  }

  /**
   * All effects of the batch in one transaction. What stood in the timeline already is said as it stands there, and changes nothing.
   * Another activity under its id is refused. The order of the batch stays: nobody has heard of an activity that was kept by a process that died before it could say so.
   */
  private keep(activities: readonly ActivityReceived[], received: readonly ActivityReceived[]): Promise<void> {
    return unitOfWork(this.stream, this.dataSource, async (client) => {
      const ids = activities.map(({ activityId }) => activityId);
      const identifiers = activities.flatMap((activity) => activity.identifiers);
      const [known, owners] = await Promise.all([findActivities(client, ids), findOwners(client, identifiers)]);
      const fresh = activities.filter(({ activityId }) => !known.has(activityId));
      const resolved = resolveBatch(fresh, owners);
      await addIdentities(client, resolved);
      await Promise.all([
        addToTimeline(client, resolved.entries),
        setTraits(client, resolved.entries.flatMap(toTraits)),
      ]);
      const kept = new Map<string, KeptActivity>(known);
      for (const entry of resolved.entries) kept.set(entry.activityId, entry);
      const isAnother = ({ activityId, contentHash }: ActivityReceived) =>
        kept.get(activityId)!.contentHash !== contentHash;
      return [
        { topic: topics.customers.name, messages: ids.map((id) => toMessage(kept.get(id)!)) },
        { topic: topics.refusals.name, messages: received.filter(isAnother).map(toRefusal) },
      ];
    });
  }
}

function toMessage(activity: KeptActivity): Envelope {
  const data = toCustomerActed(activity);
  return seal(topics.customers, { event: 'CustomerActed', id: data.activityId, key: data.customerId, data });
}

function toRefusal(activity: ActivityReceived): Envelope {
  const data = { ...idReused, activity };
  return seal(topics.refusals, { event: 'ActivityRefused', id: activity.activityId, key: activity.source, data });
}
