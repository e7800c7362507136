import { EventEmitter } from 'node:events';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { backoffMs } from '../backoff.ts';

const channel = 'sestante_stream';
const notifyEveryMs = 20;

/** Tells sleeping readers that a topic has grown: at once in this process, by a throttled NOTIFY in the others. */
export interface Bell {
  ring(topic: string): void;
  /** Resolves at the next ring of the topic, after `mostMs`, or when the bell is closed. */
  wait(topic: string, mostMs: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * NOTIFY takes a lock of the whole database at commit, so each process sends at most one a topic every 20 ms; a lost one costs no more
 * than the reader's longest sleep.
 */
export function bell(dataSource: DataSource): Bell {
  const rings = new EventEmitter().setMaxListeners(0);
  let listener: { close(): Promise<void> } | undefined;
  const pending = new Map<string, boolean>();
  const closing = new AbortController();

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
      rings.emit(topic);
      if (pending.has(topic)) pending.set(topic, true);
      else if (!closing.signal.aborted) notify(topic);
    },
    wait(topic, mostMs) {
      if (closing.signal.aborted) return Promise.resolve();
      listener ??= listen(dataSource, (rung) => rings.emit(rung));
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
      await listener?.close();
    },
  };
}

/** Holds one connection that listens, and takes a new one when it is lost. */
function listen(dataSource: DataSource, heard: (topic: string) => void): { close(): Promise<void> } {
  let closed = false;
  let end: () => void = () => undefined;
  const session = async () => {
    const runner = dataSource.createQueryRunner();
    try {
      const client = (await runner.connect()) as PoolClient;
      const lost = new Promise<void>((resolve) => {
        end = resolve;
        client.once('error', () => resolve()).once('end', () => resolve());
      });
      client.on('notification', (message) => heard(message.payload ?? ''));
      await client.query(`listen ${channel}`);
      if (!closed) await lost;
      client.removeAllListeners('notification');
      if (closed) await client.query('unlisten *').catch(() => undefined);
    } finally {
      await runner.release();
    }
  };
  const loop = (async () => {
    for (let attempt = 1; !closed; attempt += 1) {
      await session().catch(() => undefined);
      if (!closed) await new Promise((resolve) => setTimeout(resolve, backoffMs(attempt)));
    }
  })();
  return {
    async close() {
      closed = true;
      end();
      await loop;
    },
  };
}
