import { Controller } from '@nestjs/common';
import { type ActivityReceived, type CustomerActed, seal, topics } from '@sestante/contracts';
import { transaction } from '@sestante/postgres';
import { InjectStream } from '@sestante/runtime';
import { type Batch, done, Handles, type Outcome, type Stream } from '@sestante/streaming';
import { DataSource } from 'typeorm';
import { impersonal } from './impersonal.ts';
import { resolveBatch } from './resolve-batch.ts';
import { addIdentities, findOwners } from './store/identities.ts';
import { addToTimeline, findActivities, type KeptActivity } from './store/timeline.ts';
import { setTraits } from './store/traits.ts';

/** Finds the customer of every activity, keeps the activity in the timeline, and says that the customer acted. */
@Controller()
export class ResolveActivities {
  constructor(
    private readonly dataSource: DataSource,
    @InjectStream() private readonly stream: Stream,
  ) {}

  @Handles(topics.activities, { group: 'profile' })
  async handle(batch: Batch<typeof topics.activities>): Promise<readonly Outcome[]> {
    const activities = [...new Map(batch.map(({ data }) => [data.activityId, data])).values()];
    const acted = await this.keep(activities);
    const messages = acted.map((activity) => {
      const data = toCustomerActed(activity);
      return seal(topics.customers, { event: 'CustomerActed', id: data.activityId, key: data.customerId, data });
    });
    await this.stream.publish(topics.customers.name, messages);
    return batch.map(() => done);
  }

  /** All effects of the batch in one transaction. What stood in the timeline already is returned as it stands there, and changes nothing. */
  private keep(activities: readonly ActivityReceived[]): Promise<readonly KeptActivity[]> {
    return transaction(this.dataSource, async (client) => {
      const known = await findActivities(
        client,
        activities.map(({ activityId }) => activityId),
      );
      const fresh = activities.filter(({ activityId }) => !known.has(activityId));
      const owners = await findOwners(
        client,
        fresh.flatMap(({ identifiers }) => identifiers),
      );
      const resolved = resolveBatch(fresh, owners);
      await addIdentities(client, resolved);
      await addToTimeline(client, resolved.entries);
      await setTraits(client, resolved.entries.flatMap(toTraits));
      return [...known.values(), ...resolved.entries];
    });
  }
}

function toTraits({ memberId, traits, timestamp }: ActivityReceived & { memberId: string }) {
  return Object.entries(traits).map(([name, value]) => ({ memberId, name, value, setAt: timestamp }));
}

function toCustomerActed({
  customerId,
  memberId,
  activityId,
  name,
  channel,
  timestamp,
  receivedAt,
  properties,
}: KeptActivity): CustomerActed {
  return { customerId, memberId, activityId, name, channel, timestamp, receivedAt, properties: impersonal(properties) };
}
