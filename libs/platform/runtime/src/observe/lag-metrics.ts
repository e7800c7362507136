import { Gauge, type Registry } from 'prom-client';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Lag } from './lag.ts';

/** The lag is read from the stream at most this often. */
const freshMs = 5_000;
/** How long the metrics wait for the stream. A later result is used the next time. */
const timeoutMs = 1_000;
/** An older reading is not reported. */
const longestAgeMs = 60_000;

/** The lag as a metric, read on each scrape. While the stream is unavailable, no value is reported: an unknown lag is not 0. */
export function measureLag(registry: Registry, read: () => Promise<readonly Lag[]>): void {
  const lags = cached(read);
  new Gauge({
    name: 'sestante_stream_lag_messages',
    help: 'Messages that a group has not read yet, of all processes together.',
    labelNames: ['topic', 'group'],
    registers: [registry],
    async collect() {
      const current = await lags();
      this.reset();
      for (const { topic, group, messages } of current) this.set({ topic, group }, messages);
    },
  });
}

/** The last reading, or a new one if that is older than 5 s. Never rejects, and waits at most 1 s. */
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
      await Promise.race([reading, sleep(timeoutMs, undefined, { ref: false })]);
    }
    return isOlderThan(longestAgeMs) ? [] : last!.lags;
  };
}
