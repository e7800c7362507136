import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from './fault.ts';
import type { OnError } from './retry-request.ts';
import { readApi } from './read-api.ts';
import type { Target } from './target.ts';

/** The response of `GET /api/v1/stats`. A process has only the counts of the services that it hosts. */
export interface Stats {
  readonly received?: number;
  readonly accepted?: number;
  readonly duplicate?: number;
  readonly rejected?: number;
  readonly activities?: number;
  readonly customers?: number;
  readonly evidence?: number;
  readonly decisions?: number;
  readonly offers?: number;
  readonly lag: readonly { readonly topic: string; readonly group: string; readonly messages: number }[];
}

export function readStats(target: Target, onError?: OnError): Promise<Stats> {
  return readApi<Stats>(target, '/api/v1/stats', onError);
}

/** The number of messages that the services have not read yet. */
export function lagOf({ lag }: Stats): number {
  return lag.reduce((sum, { messages }) => sum + messages, 0);
}

export interface DrainOptions {
  readonly onLag?: (messages: number) => void;
  readonly onError?: OnError;
  readonly pollMs?: number;
}

const stuckAfterMs = 120_000;

/**
 * Waits until every service has read all messages. While a service passes an activity on, no lag shows it: so the lag must be 0 twice with
 * the same counts. Throws `Fault` if nothing changes for two minutes.
 */
export async function drained(target: Target, { onLag, onError, pollMs = 250 }: DrainOptions = {}): Promise<Stats> {
  let before: Stats | undefined;
  let changedAt = Date.now();
  for (;;) {
    const now = await readStats(target, onError);
    const isUnchanged = before !== undefined && isEqual(now, before);
    if (lagOf(now) === 0 && isUnchanged) return now;
    if (!isUnchanged) changedAt = Date.now();
    if (Date.now() - changedAt > stuckAfterMs)
      throw new Fault(`No progress for two minutes: ${lagOf(now)} messages are not read. See the log of the server.`);
    onLag?.(lagOf(now));
    before = now;
    await sleep(pollMs);
  }
}

const isEqual = (one: Stats, other: Stats) => JSON.stringify(one) === JSON.stringify(other);
