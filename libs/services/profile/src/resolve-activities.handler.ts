import { Controller } from '@nestjs/common';
import { type ActivityReceived, type Envelope, idReused, seal, type Standing, topics } from '@sestante/contracts';
import { InjectStream } from '@sestante/runtime';
import { type Batch, done, eachOnce, Handles, type Outcome, type Stream, unitOfWork } from '@sestante/streaming';
import { DataSource } from 'typeorm';
import { resolveBatch } from './resolve-batch.ts';
import { standingsOf } from './standings.ts';
import { lockedWords, setFacts } from './store/facts.ts';
import { addIdentities, findOwners } from './store/identities.ts';
import { addToTimeline, findActivities, type KeptActivity } from './store/timeline.ts';
import { setTraits } from './store/traits.ts';
import { toActivity, toCustomerActed, toTraits } from './translate.ts';

/** Finds the customer of every activity, keeps the activity in the timeline, and says that the customer acted, and how they stand after it. */
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
      const kept = new Map<string, KeptActivity>(known);
      for (const entry of resolved.entries) kept.set(entry.activityId, entry);
      const inOrder = ids.map((id) => kept.get(id)!);
      const words = await lockedWords(client, customersKnown(inOrder, resolved.customers));
      const { after, facts } = standingsOf(inOrder, words, ({ activityId }) => !known.has(activityId));
      await Promise.all([
        addToTimeline(client, resolved.entries),
        setTraits(client, resolved.entries.flatMap(toTraits)),
        setFacts(client, facts),
      ]);
      const isAnother = ({ activityId, contentHash }: ActivityReceived) =>
        kept.get(activityId)!.contentHash !== contentHash;
      return [
        {
          topic: topics.customers.name,
          messages: inOrder.map((activity, index) => toMessage(activity, after[index]!)),
        },
        { topic: topics.refusals.name, messages: received.filter(isAnother).map(toRefusal) },
      ];
    });
  }
}

/** The customers that were not made by the batch. */
function customersKnown(activities: readonly KeptActivity[], made: readonly string[]): readonly string[] {
  const known = new Set(activities.map(({ customerId }) => customerId));
  for (const customerId of made) known.delete(customerId);
  return [...known];
}

function toMessage(activity: KeptActivity, standing: Standing): Envelope {
  const data = toCustomerActed(activity, standing);
  return seal(topics.customers, { event: 'CustomerActed', id: data.activityId, key: data.customerId, data });
}

function toRefusal(activity: ActivityReceived): Envelope {
  const data = { ...idReused, activity };
  return seal(topics.refusals, { event: 'ActivityRefused', id: activity.activityId, key: activity.source, data });
}
