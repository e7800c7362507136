import { Controller } from '@nestjs/common';
import { type ActivityReceived, type Envelope, idReused, seal, type Standing, topics } from '@sestante/contracts';
import { InjectStream } from '@sestante/runtime';
import { type Batch, done, distinctData, Handles, type Outcome, type Stream, unitOfWork } from '@sestante/streaming';
import { DataSource } from 'typeorm';
import { resolveBatch } from './resolve-batch.ts';
import { standingsOf } from './standings.ts';
import { lockLatestValues, saveStandingEntries } from './store/standing-entries.ts';
import { addIdentities, findOwners } from './store/identities.ts';
import { addToTimeline, findActivities, type StoredActivity } from './store/timeline.ts';
import { setTraits } from './store/traits.ts';
import { toActivity, toCustomerActed, toTraits } from './translate.ts';

/** Finds the customer of every activity, stores the activity in the timeline, and publishes it with the customer's standing after it. */
@Controller()
export class ResolveActivities {
  constructor(
    private readonly dataSource: DataSource,
    @InjectStream() private readonly stream: Stream,
  ) {}

  @Handles(topics.activities, { group: 'profile', isPaced: true })
  async handle(batch: Batch<typeof topics.activities>): Promise<readonly Outcome[]> {
    const received = batch.map(({ data }) => data);
    await this.store(distinctData(batch, ({ activityId }) => activityId).map(toActivity), received);
    return batch.map(() => done);
  }

  /**
   * Writes all effects of the batch in one transaction. An activity that is already in the timeline changes nothing, and is published again as stored:
   * the process that stored it may have crashed before it published. A different activity with the same id is refused. Messages keep the order of the
   * batch.
   */
  private store(activities: readonly ActivityReceived[], received: readonly ActivityReceived[]): Promise<void> {
    return unitOfWork(this.stream, this.dataSource, async (client) => {
      const ids = activities.map(({ activityId }) => activityId);
      const identifiers = activities.flatMap((activity) => activity.identifiers);
      const [stored, owners] = await Promise.all([findActivities(client, ids), findOwners(client, identifiers)]);
      const isNew = ({ activityId }: { readonly activityId: string }) => !stored.has(activityId);
      const resolved = resolveBatch(activities.filter(isNew), owners);
      await addIdentities(client, resolved);
      const byId = new Map<string, StoredActivity>(stored);
      for (const entry of resolved.entries) byId.set(entry.activityId, entry);
      const inOrder = ids.map((id) => byId.get(id)!);
      const latest = await lockLatestValues(client, existingCustomers(inOrder, resolved.customers));
      const { after, entries } = standingsOf(inOrder, latest, isNew);
      await Promise.all([
        addToTimeline(client, resolved.entries),
        setTraits(client, resolved.entries.flatMap(toTraits)),
        saveStandingEntries(client, entries),
      ]);
      const isIdReused = ({ activityId, contentHash }: ActivityReceived) =>
        byId.get(activityId)!.contentHash !== contentHash;
      return [
        {
          topic: topics.customers.name,
          messages: inOrder.map((activity, index) => toMessage(activity, after[index]!)),
        },
        { topic: topics.refusals.name, messages: received.filter(isIdReused).map(toRefusal) },
      ];
    });
  }
}

/** The customers that the batch did not create. */
function existingCustomers(activities: readonly StoredActivity[], created: readonly string[]): readonly string[] {
  const existing = new Set(activities.map(({ customerId }) => customerId));
  for (const customerId of created) existing.delete(customerId);
  return [...existing];
}

function toMessage(activity: StoredActivity, standing: Standing): Envelope {
  const data = toCustomerActed(activity, standing);
  return seal(topics.customers, { event: 'CustomerActed', id: data.activityId, key: data.customerId, data });
}

function toRefusal(activity: ActivityReceived): Envelope {
  const data = { ...idReused, activity };
  return seal(topics.refusals, { event: 'ActivityRefused', id: activity.activityId, key: activity.source, data });
}
