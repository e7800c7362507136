import { jest } from '@jest/globals';
import { type CustomerActed, seal, topics } from '@sestante/contracts';
import { type ServiceUnderTest, startService } from '@sestante/runtime/testing';
import { ScoringModule } from '../src/scoring.module.ts';

/** Longer than the timeout of `eventually`, so that a test fails with the reason of `eventually`. */
jest.setTimeout(20_000);

/** The whole service over HTTP, with its own database and stream. */
export interface Service extends ServiceUnderTest {
  /** Publishes the activities, and resolves when the service has handled them. */
  publishActivities(...activities: CustomerActed[]): Promise<void>;
}

export async function startScoring(): Promise<Service> {
  const service = await startService(ScoringModule);
  return {
    ...service,
    publishActivities: (...activities) =>
      service.handled(
        topics.customers.name,
        activities.map((data) =>
          seal(topics.customers, { event: 'CustomerActed', id: data.activityId, key: data.customerId, data }),
        ),
      ),
  };
}
