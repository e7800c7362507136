import { jest } from '@jest/globals';
import { seal, topics } from '@sestante/contracts';
import { type ServiceUnderTest, startService } from '@sestante/runtime/testing';
import { ScoringModule } from '../src/scoring.module.ts';
import type { Input } from './builders.ts';

/** Longer than the timeout of `eventually`, so that a test fails with the reason of `eventually`. */
jest.setTimeout(20_000);

/** The whole service over HTTP, with its own database and stream. */
export interface Service extends ServiceUnderTest {
  /** Publishes activities and moves, and resolves when the service has handled them. */
  publishActivities(...inputs: Input[]): Promise<void>;
}

export async function startScoring(): Promise<Service> {
  const service = await startService(ScoringModule);
  return {
    ...service,
    publishActivities: (...inputs) => service.handled(topics.customers.name, inputs.map(toEnvelope)),
  };
}

function toEnvelope(input: Input) {
  if ('event' in input) return seal(topics.customers, { ...input, id: input.data.members[0]!.memberId });
  return seal(topics.customers, { event: 'CustomerActed', id: input.activityId, key: input.customerId, data: input });
}
