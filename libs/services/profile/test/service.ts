import { jest } from '@jest/globals';
import { type ActivityReceived, seal, topics } from '@sestante/contracts';
import { type ServiceUnderTest, startService } from '@sestante/runtime/testing';
import { ProfileModule } from '../src/profile.module.ts';

/** Longer than the timeout of `eventually`, so that a test fails with the reason of `eventually`. */
jest.setTimeout(20_000);

/** The whole service over HTTP, with its own database and stream. */
export interface Service extends ServiceUnderTest {
  /** Publishes the activities, and resolves when the service has handled them. */
  publishActivities(...activities: ActivityReceived[]): Promise<void>;
  /** The id of the customer that has the identifier. */
  idOf(kind: string, value: string): Promise<string>;
}

export async function startProfile(): Promise<Service> {
  const service = await startService(ProfileModule);
  return {
    ...service,
    publishActivities: (...activities) => service.handled(topics.activities.name, activities.map(toMessage)),
    async idOf(kind, value) {
      const { body } = await service.get(`/api/v1/customers?kind=${kind}&value=${encodeURIComponent(value)}`);
      return body.items[0].customerId as string;
    },
  };
}

function toMessage(data: ActivityReceived) {
  const { kind, value } = data.identifiers[0]!;
  return seal(topics.activities, { event: 'ActivityReceived', id: data.activityId, key: `${kind}:${value}`, data });
}
