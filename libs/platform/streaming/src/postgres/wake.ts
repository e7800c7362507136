import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { backoffMs } from '../backoff.ts';
import { unlessAborted, within } from '../waiting.ts';

const channel = 'sestante_stream';
const notifyEveryMs = 20;
/** A connection that is being made may take longer than anybody wants to wait for its end. */
const closePatienceMs = 1_000;

/** Tells sleeping readers that a topic has grown: at once in this process, by a throttled NOTIFY in the others. */
export interface Bell {
  ring(topic: string): void;
  /** How often the topic has been rung for so far. */
  rings(topic: string): number;
  /**
   * Resolves at the next ring of the topic, after `mostMs`, or when the bell is closed; at once if it has rung more often than `since`:
   * who looks, finds nothing and then waits must not miss what came in between.
   */
  wait(topic: string, until: { since?: number; mostMs: number }): Promise<void>;
  close(): Promise<void>;
}

/**
 * NOTIFY takes a lock of the whole database at commit, so each process sends at most one a topic every 20 ms; a lost one costs no more
 * than the reader's longest sleep.
 */
export function bell(dataSource: DataSource): Bell {
  const rings = new EventEmitter().setMaxListeners(0);
  const counts = new Map<string, number>();
  let listening: Promise<void> | undefined;
  const pending = new Map<string, boolean>();
  const closing = new AbortController();

  const hear = (topic: string) => {
    counts.set(topic, (counts.get(topic) ?? 0) + 1);
    rings.emit(topic);
  };
  const notify = (topic: string) => {
    pending.set(topic, false);
    dataSource.query('select pg_notify($1, $2)', [channel, topic]).catch(() => undefined);
    setTimeout(() => {
      const again = pending.get(topic);
      pending.delete(topic);
      if (again && !closing.signal.aborted) notify(topic);
    }, notifyEveryMs).unref();
  };

  return {
    ring(topic) {
      hear(topic);
      if (pending.has(topic)) pending.set(topic, true);
      else if (!closing.signal.aborted) notify(topic);
    },
    rings: (topic) => counts.get(topic) ?? 0,
    wait(topic, { since, mostMs }) {
      if (closing.signal.aborted) return Promise.resolve();
      listening ??= listen(dataSource, hear, closing.signal);
      if (since !== undefined && since < (counts.get(topic) ?? 0)) return Promise.resolve();
      return new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer);
          rings.off(topic, end);
          closing.signal.removeEventListener('abort', end);
          resolve();
        };
        const timer = setTimeout(end, mostMs);
        rings.once(topic, end);
        closing.signal.addEventListener('abort', end);
      });
    },
    async close() {
      closing.abort();
      if (listening) await within(closePatienceMs, listening);
    },
  };
}

/** Holds one connection that listens, and takes a new one when it is lost. Resolves some time after `closing`. */
async function listen(dataSource: DataSource, heard: (topic: string) => void, closing: AbortSignal): Promise<void> {
  let failures = 0;
  const session = async () => {
    const runner = dataSource.createQueryRunner();
    try {
      const client = (await runner.connect()) as PoolClient;
      const lost = new Promise<void>((resolve) => {
        client.once('error', () => resolve()).once('end', () => resolve());
      });
      client.on('notification', (message) => heard(message.payload ?? ''));
      await client.query(`listen ${channel}`);
      failures = 0;
      await unlessAborted(closing, lost);
      client.removeAllListeners('notification');
      if (closing.aborted) await client.query('unlisten *').catch(() => undefined);
    } finally {
      await runner.release();
    }
  };
  while (!closing.aborted) {
    await session().catch(() => undefined);
    failures += 1;
    await pause(backoffMs(failures), undefined, { signal: closing }).catch(() => undefined);
  }
}
