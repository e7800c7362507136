import { expect } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { anEvent } from '../builders.ts';
import { type Ingest, problemOf } from '../driver.ts';

/** What a request comes to: its answer, and what became of its events. */
export interface Outcome {
  readonly status: number;
  /** Of the problem; undefined for a success. */
  readonly code?: string;
  /** How many events came into the stream. */
  readonly accepted: number;
  /** Why the others did not, in their order. Each of them is kept. */
  readonly rejected: readonly string[];
}

export const taken: Outcome = { status: 200, accepted: 1, rejected: [] };
export const rejectedAs = (...rejected: string[]): Outcome => ({ status: 200, accepted: 0, rejected });
export const refused = (status: number, code: string): Outcome => ({ status, code, accepted: 0, rejected: [] });

/** Sends, and looks at what is stored before and after. */
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
  const { rejected = [] } = (await response.json()) as { rejected?: { code: string }[] };
  expect(kept).toBe(rejected.length);
  return { status: response.status, accepted, rejected: rejected.map(({ code }) => code) };
}

async function stored(ingest: Ingest): Promise<{ accepted: number; rejected: number }> {
  return (await (await ingest.get('/api/v1/stats')).json()) as { accepted: number; rejected: number };
}

/** An event that can be used, with a message id that no other has. */
export const fresh = (over: object = {}) => anEvent({ messageId: randomUUID(), ...over });

/** The JSON of such an event, with this text for one of its members. */
export const freshWith = (name: string, json: string) =>
  JSON.stringify(fresh({ [name]: '@' })).replace('"@"', () => json);

export const batchOf = (...events: unknown[]) => JSON.stringify({ batch: events });
