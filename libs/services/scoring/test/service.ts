import { jest } from '@jest/globals';
import { seal, topics } from '@sestante/contracts';
import {
  adminKey,
  openStream,
  type ServiceUnderTest,
  startService,
  type StreamClient,
} from '@sestante/runtime/testing';
import { ScoringModule } from '../src/scoring.module.ts';
import type { Input } from './builders.ts';

/** Longer than the timeout of `eventually`, so that a test fails with the reason of `eventually`. */
jest.setTimeout(20_000);

/** The whole service over HTTP, with its own database and stream. */
export interface Service extends ServiceUnderTest {
  /** Publishes activities and moves, and resolves when the service has handled them. */
  publishActivities(...inputs: Input[]): Promise<void>;
  /** Opens the stream of a customer's scores, as the administrator or with another credential. */
  listen(customerId: string, lastEventId?: string, credential?: string): Promise<StreamClient>;
}

export async function startScoring(): Promise<Service> {
  const service = await startService(ScoringModule);
  const clients: StreamClient[] = [];
  return {
    ...service,
    publishActivities: (...inputs) => service.handled(topics.customers.name, inputs.map(toEnvelope)),
    async listen(customerId, lastEventId, credential = adminKey) {
      const resuming: Record<string, string> = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
      const url = `${service.url}/api/v1/customers/${customerId}/scores/stream`;
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

function toEnvelope(input: Input) {
  if ('event' in input) return seal(topics.customers, { ...input, id: input.data.members[0]!.memberId });
  return seal(topics.customers, { event: 'CustomerActed', id: input.activityId, key: input.customerId, data: input });
}
