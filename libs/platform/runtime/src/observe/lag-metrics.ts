import { Gauge, type Registry } from 'prom-client';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Lag } from './lag.ts';

/** Nobody asks the stream more often, however often the metrics are read. */
const freshMs = 5_000;
/** How long the metrics wait for the stream. What comes later is there when they are read next. */
const patienceMs = 1_000;
/** What is older says nothing. */
const longestAgeMs = 60_000;

/** The lag as a metric, read when the metrics are. While the stream cannot be read there is none: a lag that nobody knows is not 0. */
export function measureLag(registry: Registry, read: () => Promise<readonly Lag[]>): void {
  const lags = cached(read);
  new Gauge({
    name: 'sestante_stream_lag_messages',
    help: 'Messages that a group has not read yet, of all processes together.',
    labelNames: ['topic', 'group'],
    registers: [registry],
    async collect() {
      const known = await lags();
      this.reset();
      for (const { topic, group, messages } of known) this.set({ topic, group }, messages);
    },
  });
}

/** The last reading; a new one where that is old. Never rejects, and never takes long. */
function cached(read: () => Promise<readonly Lag[]>): () => Promise<readonly Lag[]> {
  let last: { readonly lags: readonly Lag[]; readonly at: number } | undefined;
  let reading: Promise<void> | undefined;
  const readAgain = async () => {
    try {
      last = { lags: await read(), at: Date.now() };
    } catch {
      last = undefined;
    } finally {
      reading = undefined;
    }
  };
  const isOlderThan = (ms: number) => last === undefined || Date.now() - last.at > ms;
  return async () => {
    if (isOlderThan(freshMs)) {
      reading ??= readAgain();
      await Promise.race([reading, sleep(patienceMs, undefined, { ref: false })]);
    }
    return isOlderThan(longestAgeMs) ? [] : last!.lags;
  };
}
