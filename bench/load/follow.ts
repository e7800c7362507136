import { setTimeout as sleep } from 'node:timers/promises';
import type { Server } from '../system/server.ts';
import { readStats, type Stats } from './stats.ts';

type Endpoint = Pick<Server, 'port' | 'apiKey'>;

const minPauseMs = 50;
const maxPauseMs = 500;
const timeoutMs = 900_000;

/** The activities that the last stage of a server has handled since the start of the progress. */
export interface Progress {
  handled(): Promise<number>;
  /** Resolves when it has handled this many. */
  until(activities: number): Promise<void>;
}

/** Follows the last stage by its metrics, which cost the server little, also on grown data. */
export async function follow(server: Endpoint): Promise<Progress> {
  const before = await handledBy(server);
  const handled = async () => (await handledBy(server)) - before;
  return { handled, until: (activities) => untilReached(handled, activities) };
}

/**
 * Resolves to the stats when all stages have processed this many activities since the process started, and no group has unread messages.
 * The stats count all rows, so do not call it during a measurement. `stored` is the number of activities before the start.
 */
export async function untilDone(server: Endpoint, activities: number, stored = 0): Promise<Stats> {
  await untilReached(() => handledBy(server), activities);
  for (const started = performance.now(); ; await sleep(minPauseMs)) {
    const stats = await readStats(server);
    if (isDone(stats, stored + activities)) return stats;
    if (performance.now() - started > timeoutMs)
      throw new Error(`Not done after ${timeoutMs} ms: ${JSON.stringify(stats)}`);
  }
}

function isDone({ activities, lag }: Stats, expected: number): boolean {
  if (activities > expected) throw new Error(`${activities} activities are stored, but only ${expected} were sent.`);
  return activities === expected && lag.every(({ messages }) => messages === 0);
}

/** Reads the number until it reaches the target, less often while that is far: half of the time that is left. The pauses are short, because the last one is measured too. */
async function untilReached(read: () => Promise<number>, target: number): Promise<void> {
  const [started, before] = [performance.now(), await read()];
  for (;;) {
    const [elapsed, seen] = [performance.now() - started, await read()];
    if (seen >= target) return;
    if (elapsed > timeoutMs) throw new Error(`${seen} of ${target} activities were handled after ${timeoutMs} ms.`);
    const left = seen > before ? (elapsed * (target - seen)) / (seen - before) : 0;
    await sleep(Math.min(maxPauseMs, Math.max(minPauseMs, left / 2)));
  }
}

/** The number of activities that the last stage has handled since the process started. */
async function handledBy({ port }: Endpoint): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const line = /^sestante_messages_total\{[^}]*topic="engagement.scores.v1",group="offers",outcome="done"\} (\d+)/m;
  return Number(line.exec(text)?.[1] ?? 0);
}
