import { setTimeout as sleep } from 'node:timers/promises';
import { type ExportingService, topics } from '@sestante/contracts';
import type { Stream } from '@sestante/streaming';

/** A topic, and the service that reads it. */
interface Input {
  readonly topic: string;
  readonly group: string;
}

const activities = { topic: topics.activities.name, group: 'profile' };
const customers = { topic: topics.customers.name, group: 'scoring' };
const scores = { topic: topics.scores.name, group: 'offers' };
const refusals = { topic: topics.refusals.name, group: 'ingest' };

/** The way of an activity to each service. */
const inputsOf: Readonly<Record<ExportingService, readonly Input[]>> = {
  profile: [activities],
  ingest: [activities, refusals],
  scoring: [activities, customers],
  offers: [activities, customers, scores],
};

/** How long an export waits at most, from the request on. */
export const longestWaitMs = 30_000;

export interface CaughtUpOptions {
  /** How long to wait at most. */
  readonly timeoutMs?: number;
  readonly pollMs?: number;
}

/**
 * Waits until the service has processed every activity that was accepted before the call, at most 30 s. A service that is down, or far behind, does not stop
 * the others. Resolves to whether it has.
 */
export async function untilCaughtUp(
  stream: Pick<Stream, 'positions'>,
  service: ExportingService,
  { timeoutMs = longestWaitMs, pollMs = 100 }: CaughtUpOptions = {},
): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  // One after the other: what one service has processed is the input of the next.
  for (const input of inputsOf[service]) {
    const ends = new Map((await read(stream, input)).map(({ partition, end }) => [partition, end]));
    const isBehind = async () =>
      (await read(stream, input)).some(({ partition, committed }) => committed < (ends.get(partition) ?? 0));
    while (await isBehind()) {
      if (Date.now() + pollMs > deadline) return false;
      await sleep(pollMs);
    }
  }
  return true;
}

async function read(stream: Pick<Stream, 'positions'>, { topic, group }: Input) {
  return (await stream.positions(topic)).filter((position) => position.group === group);
}
