import { jest } from '@jest/globals';
import { type CustomerActed, seal, topics } from '@sestante/contracts';
import { type ServiceUnderTest, startService } from '@sestante/runtime/testing';
import { ScoringModule } from '../src/scoring.module.ts';

/** Longer than `eventually` is patient: a test fails with what it waited for. */
jest.setTimeout(20_000);

/** The whole service over HTTP, on a database and a stream of its own. */
export interface Service extends ServiceUnderTest {
  /** Publishes the activities, and resolves when the service has handled them. */
  happened(...activities: CustomerActed[]): Promise<void>;
}

export async function startScoring(): Promise<Service> {
  const service = await startService(ScoringModule);
  return {
    ...service,
    happened: (...activities) =>
      service.handled(
        topics.customers.name,
        activities.map((data) =>
          seal(topics.customers, { event: 'CustomerActed', id: data.activityId, key: data.customerId, data }),
        ),
      ),
  };
}
