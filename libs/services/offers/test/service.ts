import { jest } from '@jest/globals';
import { type ActivityScored, type ScoreChanged, seal, topics } from '@sestante/contracts';
import { adminKey, type ServiceUnderTest, startService } from '@sestante/runtime/testing';
import { OffersModule } from '../src/offers.module.ts';
import { type Listening, listenTo } from './listening.ts';

/** Longer than `eventually` is patient: a test fails with what it waited for. */
jest.setTimeout(20_000);

/** The whole service over HTTP, on a database and a stream of its own. */
export interface Service extends ServiceUnderTest {
  /** Publishes activities, and resolves when the service has handled them. */
  acted(...activities: ActivityScored[]): Promise<void>;
  /** Publishes moved scores, and resolves when the service has handled them. */
  moved(...scores: ScoreChanged[]): Promise<void>;
  /** Listens to the offers of a customer. */
  listen(customerId: string, lastEventId?: string): Promise<Listening>;
}

export async function startOffers(): Promise<Service> {
  const service = await startService(OffersModule);
  const listeners: Listening[] = [];
  return {
    ...service,
    acted: (...activities) =>
      service.handled(
        topics.scores.name,
        activities.map((data) =>
          seal(topics.scores, { event: 'ActivityScored', id: data.activityId, key: data.customerId, data }),
        ),
      ),
    moved: (...scores) =>
      service.handled(
        topics.scores.name,
        scores.map((data) =>
          seal(topics.scores, { event: 'ScoreChanged', id: data.activityId, key: data.customerId, data }),
        ),
      ),
    async listen(customerId, lastEventId) {
      const resuming: Record<string, string> = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
      const url = `${service.url}/api/v1/customers/${customerId}/offers/stream`;
      const listening = await listenTo(url, { authorization: `Bearer ${adminKey}`, ...resuming });
      listeners.push(listening);
      return listening;
    },
    async dispose() {
      for (const listening of listeners) listening.hangUp();
      await service.dispose();
    },
  };
}
