import { retry } from '@sestante/retry';
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { DataSource } from 'typeorm';
import { within } from '../waiting.ts';
import { listenForNotices, type Notice, sendNotice } from './notices.ts';

const notifyEveryMs = 20;
/** Opening a connection may take longer than a close should wait. */
const closeTimeoutMs = 1_000;

/** Notifies waiting readers of new messages of a topic: directly in this process, with a throttled NOTIFY in others. */
export interface WakeUpSignal {
  notify(topic: string): void;
  /** The number of notifications of the topic so far. */
  countOf(topic: string): number;
  /**
   * Resolves at the next notification of the topic, after `maxMs`, or when the signal is closed. Resolves at once if the count is higher than `since`,
   * so that a reader does not miss a notification between its last read and the wait.
   */
  wait(topic: string, until: { since: number; maxMs: number }): Promise<void>;
  /** Whether notifications of other processes currently arrive. */
  isConnected(): boolean;
  close(): Promise<void>;
}

/**
 * NOTIFY takes a database-wide lock at commit. So each process sends at most one per topic every 20 ms, and none while it is the only process: a
 * process that starts to listen sends `hello`, and the others reply with `here`. A lost notification delays a reader by at most its longest sleep.
 */
export function wakeUpSignal(dataSource: DataSource): WakeUpSignal {
  const id = randomUUID();
  const topics = new EventEmitter().setMaxListeners(0);
  const counts = new Map<string, number>();
  /** Recently notified topics, and whether they must be notified again. */
  const throttled = new Map<string, boolean>();
  /** The topics that readers of this process wait for. */
  const watched = new Set<string>();
  const closing = new AbortController();
  let listening: Promise<void> | undefined;
  let isConnected = false;
  let isAlone = true;

  const wake = (topic: string) => {
    counts.set(topic, (counts.get(topic) ?? 0) + 1);
    topics.emit(topic);
  };
  const send = (notice: Notice) => sendNotice(dataSource, notice);
  const receive = (notice: Notice) => {
    if ('topic' in notice) return wake(notice.topic);
    const other = 'hello' in notice ? notice.hello : notice.here;
    if (other === id) return;
    // Retried until it is sent: otherwise the other process would not notify this one.
    if ('hello' in notice) retry(() => send({ here: id }), { signal: closing.signal }).catch(() => undefined);
    if (!isAlone) return;
    isAlone = false;
    // The other process may have published messages before it received the reply.
    for (const topic of watched) wake(topic);
  };
  const notifyOthers = (topic: string) => {
    throttled.set(topic, false);
    send({ topic }).catch(() => undefined);
    setTimeout(() => {
      const again = throttled.get(topic);
      throttled.delete(topic);
      if (again && !closing.signal.aborted) notifyOthers(topic);
    }, notifyEveryMs).unref();
  };
  const listen = () =>
    listenForNotices(dataSource, {
      closing: closing.signal,
      onNotice: receive,
      async onListening() {
        await send({ hello: id });
        isConnected = true;
      },
      onLost() {
        isConnected = false;
      },
    });

  return {
    notify(topic) {
      wake(topic);
      if (isAlone && isConnected) return;
      if (throttled.has(topic)) throttled.set(topic, true);
      else if (!closing.signal.aborted) notifyOthers(topic);
    },
    countOf(topic) {
      watched.add(topic);
      return counts.get(topic) ?? 0;
    },
    wait(topic, { since, maxMs }) {
      if (closing.signal.aborted) return Promise.resolve();
      listening ??= listen();
      if (since < (counts.get(topic) ?? 0)) return Promise.resolve();
      return new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer);
          topics.off(topic, end);
          closing.signal.removeEventListener('abort', end);
          resolve();
        };
        const timer = setTimeout(end, maxMs);
        topics.once(topic, end);
        closing.signal.addEventListener('abort', end);
      });
    },
    isConnected: () => isConnected,
    async close() {
      closing.abort();
      if (listening) await within(closeTimeoutMs, listening);
    },
  };
}
