import { retry } from '@sestante/retry';
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { DataSource } from 'typeorm';
import { within } from '../waiting.ts';
import { listenForNotices, type Notice, sendNotice } from './notices.ts';

const notifyEveryMs = 20;
/** A connection that is being made may take longer than anybody wants to wait for its end. */
const closePatienceMs = 1_000;

/** Wakes sleeping readers when a topic has grown: at once in this process, by a throttled NOTIFY in the others. */
export interface WakeUpSignal {
  notify(topic: string): void;
  /** How many notifications of the topic there have been so far. */
  countOf(topic: string): number;
  /**
   * Resolves at the next notification of the topic, after `mostMs`, or when the signal is closed; at once if there have been more than `since`:
   * a reader that looks, finds nothing and then waits must not miss what came in between.
   */
  wait(topic: string, until: { since: number; mostMs: number }): Promise<void>;
  /** Whether notifications of other processes arrive at the moment. */
  isConnected(): boolean;
  close(): Promise<void>;
}

/**
 * NOTIFY takes a lock of the whole database at commit, so each process sends at most one a topic every 20 ms, and none before it knows
 * of another process: whoever begins to listen says hello, and is answered. A lost one costs no more than the reader's longest sleep.
 */
export function wakeUpSignal(dataSource: DataSource): WakeUpSignal {
  const id = randomUUID();
  const topics = new EventEmitter().setMaxListeners(0);
  const counts = new Map<string, number>();
  /** Topics that were sent a moment ago, and whether they are to be sent again. */
  const throttled = new Map<string, boolean>();
  /** The topics that somebody here waits for, now and then. */
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
    // Until it is sent: the other would not notify this process.
    if ('hello' in notice) retry(() => send({ here: id }), { signal: closing.signal }).catch(() => undefined);
    if (!isAlone) return;
    isAlone = false;
    // What the other has published before it knew of this process.
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
    wait(topic, { since, mostMs }) {
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
        const timer = setTimeout(end, mostMs);
        topics.once(topic, end);
        closing.signal.addEventListener('abort', end);
      });
    },
    isConnected: () => isConnected,
    async close() {
      closing.abort();
      if (listening) await within(closePatienceMs, listening);
    },
  };
}
