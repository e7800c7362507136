import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from './fault.ts';
import type { OnTrouble } from './persist.ts';
import { readApi } from './read-api.ts';
import type { Target } from './target.ts';

/** What `GET /api/v1/stats` says. A process that hosts some of the services has their counts only. */
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

export function readStats(target: Target, onTrouble?: OnTrouble): Promise<Stats> {
  return readApi<Stats>(target, '/api/v1/stats', onTrouble);
}

/** Messages that some service has yet to read. */
export function lagOf({ lag }: Stats): number {
  return lag.reduce((sum, { messages }) => sum + messages, 0);
}

export interface Waiting {
  readonly onLag?: (messages: number) => void;
  readonly onTrouble?: OnTrouble;
  readonly pollMs?: number;
}

const stuckAfterMs = 120_000;

/**
 * Waits until every service has read all there is. An activity is nowhere for a moment while a service hands it on, so that the lag must
 * be 0 twice, and the counts the same. Throws `Fault` when nothing moves for two minutes.
 */
export async function drained(target: Target, { onLag, onTrouble, pollMs = 250 }: Waiting = {}): Promise<Stats> {
  let before: Stats | undefined;
  let movedAt = Date.now();
  for (;;) {
    const now = await readStats(target, onTrouble);
    const isStill = before !== undefined && isEqual(now, before);
    if (lagOf(now) === 0 && isStill) return now;
    if (!isStill) movedAt = Date.now();
    if (Date.now() - movedAt > stuckAfterMs)
      throw new Fault(
        `Nothing moves: ${lagOf(now)} messages have not been read for two minutes. See the server's log.`,
      );
    onLag?.(lagOf(now));
    before = now;
    await sleep(pollMs);
  }
}

const isEqual = (one: Stats, other: Stats) => JSON.stringify(one) === JSON.stringify(other);
