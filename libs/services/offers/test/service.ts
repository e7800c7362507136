import { jest } from '@jest/globals';
import { type ActivityScored, type ScoreChanged, seal, topics } from '@sestante/contracts';
import {
  adminKey,
  openStream,
  type ServiceUnderTest,
  startService,
  type StreamClient,
} from '@sestante/runtime/testing';
import { OffersModule } from '../src/offers.module.ts';
import { idOf, type MoveMessage } from './builders.ts';

/** Longer than the timeout of `eventually`, so that a test fails with the reason of `eventually`. */
jest.setTimeout(20_000);

/** The whole service over HTTP, with its own database and stream. */
export interface Service extends ServiceUnderTest {
  /** Publishes activities, and resolves when the service has handled them. */
  publishActivities(...activities: ActivityScored[]): Promise<void>;
  /** Publishes activities with changed scores, and resolves when the service has handled them. */
  publishScores(...scores: ScoreChanged[]): Promise<void>;
  /** Publishes moves of members, and resolves when the service has handled them. */
  publishMoves(...moves: MoveMessage[]): Promise<void>;
  /** Opens the offer stream of a customer, as the administrator or with another credential. */
  listen(customerId: string, lastEventId?: string, credential?: string): Promise<StreamClient>;
}

export async function startOffers(): Promise<Service> {
  const service = await startService(OffersModule);
  const clients: StreamClient[] = [];
  return {
    ...service,
    publishActivities: (...activities) =>
      service.handled(
        topics.scores.name,
        activities.map((data) =>
          seal(topics.scores, { event: 'ActivityScored', id: data.activityId, key: data.customerId, data }),
        ),
      ),
    publishScores: (...scores) =>
      service.handled(
        topics.scores.name,
        scores.map((data) =>
          seal(topics.scores, { event: 'ScoreChanged', id: data.activityId, key: data.customerId, data }),
        ),
      ),
    publishMoves: (...moves) =>
      service.handled(
        topics.scores.name,
        moves.map((move) => seal(topics.scores, { ...move, id: idOf('a move') })),
      ),
    async listen(customerId, lastEventId, credential = adminKey) {
      const resuming: Record<string, string> = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
      const url = `${service.url}/api/v1/customers/${customerId}/offers/stream`;
      const client = await openStream(url, { authorization: `Bearer ${credential}`, ...resuming });
      clients.push(client);
      return client;
    },
    async dispose() {
      for (const client of clients) client.disconnect();
      await service.dispose();
    },
  };
}
