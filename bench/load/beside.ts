import { setTimeout as sleep } from 'node:timers/promises';
import { quantile } from '../measure/statistics.ts';
import type { Server } from '../system/server.ts';
import { follow } from './follow.ts';
import { sendAtPace } from './pace.ts';
import { requestsOf } from './requests.ts';

const eachRequest = 20;
/** Before and after the work that is measured. */
const marginMs = 1_000;

export interface Load {
  readonly eachSecond: number;
  readonly seconds: number;
  readonly seed: number;
  /** The number of customers in the events. */
  readonly customers?: number;
}

/** What the load noticed of the work. */
export interface Beside<T> {
  readonly result: T;
  /** From the scheduled instant of a request with events until its response, in milliseconds. */
  readonly p99: number;
  /** From the last response until all events were decided, in milliseconds. */
  readonly lag: number;
}

/** Does some work while the server handles events at a fixed rate. The events last longer than the work should. */
export async function beside<T>(
  server: Server,
  { eachSecond, seconds, ...events }: Load,
  work: () => Promise<T>,
): Promise<Beside<T>> {
  const count = eachSecond * seconds;
  const requests = requestsOf(server, { ...events, events: count, eachRequest });
  const progress = await follow(server);
  const sending = sendAtPace(server.port, requests, eachSecond / eachRequest);
  await sleep(marginMs);
  const result = await work();
  const sent = await sending;
  const ended = performance.now();
  await progress.until(count);
  const waits = sent.map(({ dueAt, answeredAt }) => answeredAt - dueAt);
  return { result, p99: quantile(waits, 0.99), lag: performance.now() - ended };
}
