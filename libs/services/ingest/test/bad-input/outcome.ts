import { expect } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Acknowledgement } from '../../src/accept/acknowledgement.ts';
import { anotherEvent } from '../builders.ts';
import { type Ingest, problemOf } from '../driver.ts';

/** The outcome of a request: its response, and that of its events. */
export interface Outcome {
  readonly status: number;
  /** The code of the problem; undefined for a success. */
  readonly code?: string;
  /** The number of events in the stream. */
  readonly accepted: number;
  /** The codes of the rejected events, in order. Each of them is stored. */
  readonly rejected: readonly string[];
  /** The codes of the violations of accepted events; missing if there are none. */
  readonly violations?: readonly string[];
}

export const accepted: Outcome = { status: 200, accepted: 1, rejected: [] };
/** Accepted, with violations. */
export const acceptedWith = (...violations: string[]): Outcome => ({ ...accepted, violations });
export const rejectedAs = (...rejected: string[]): Outcome => ({ status: 200, accepted: 0, rejected });
export const refused = (status: number, code: string): Outcome => ({ status, code, accepted: 0, rejected: [] });

/** Sends a request, and compares the stored events before and after. */
export async function outcomeOf(ingest: Ingest, send: () => Promise<Response>): Promise<Outcome> {
  const before = await stored(ingest);
  const response = await send();
  const after = await stored(ingest);
  const accepted = after.accepted - before.accepted;
  const kept = after.rejected - before.rejected;
  if (!response.ok) {
    expect(kept).toBe(0);
    return { status: response.status, code: (await problemOf(response)).code, accepted, rejected: [] };
  }
  const { rejected = [], incomplete = [] } = (await response.json()) as Acknowledgement;
  expect(kept).toBe(rejected.length);
  const violations = incomplete.flatMap((one) => one.violations.map(({ code }) => code));
  return {
    status: response.status,
    accepted,
    rejected: rejected.map(({ code }) => code),
    ...(violations.length > 0 && { violations }),
  };
}

async function stored(ingest: Ingest): Promise<{ accepted: number; rejected: number }> {
  return (await (await ingest.get('/api/v1/stats')).json()) as { accepted: number; rejected: number };
}

/** A valid event with a unique message id. */
export const fresh = anotherEvent;

/** The JSON of such an event with its own identifier, and with this text for one of its members. */
export const freshWith = (name: string, json: string) =>
  JSON.stringify(fresh({ userId: randomUUID(), [name]: '@' })).replace('"@"', () => json);

export const batchOf = (...events: unknown[]) => JSON.stringify({ batch: events });
