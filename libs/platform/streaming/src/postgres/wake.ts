import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { backoffMs } from '../backoff.ts';
import { unlessAborted, within } from '../waiting.ts';

const channel = 'sestante_bell';
const notifyEveryMs = 20;
const answerAgainMs = 1_000;
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
  /** Whether rings of other processes cannot be heard at the moment. */
  isDeaf(): boolean;
  close(): Promise<void>;
}

/** What processes tell each other: that one has begun to listen, that another is there, and that a topic has grown. */
type Word = { readonly hello: string } | { readonly here: string } | { readonly topic: string };

/**
 * NOTIFY takes a lock of the whole database at commit, so each process sends at most one a topic every 20 ms, and none before it has heard
 * of another process: whoever begins to listen says hello, and is answered. A lost one costs no more than the reader's longest sleep.
 */
export function bell(dataSource: DataSource): Bell {
  const id = randomUUID();
  const topics = new EventEmitter().setMaxListeners(0);
  const counts = new Map<string, number>();
  const pending = new Map<string, boolean>();
  /** The topics that somebody here waits for, now and then. */
  const asked = new Set<string>();
  const closing = new AbortController();
  let listening: Promise<void> | undefined;
  let isDeaf = true;
  let isAlone = true;

  const hear = (topic: string) => {
    counts.set(topic, (counts.get(topic) ?? 0) + 1);
    topics.emit(topic);
  };
  const say = (word: Word) => dataSource.query('select pg_notify($1, $2)', [channel, JSON.stringify(word)]);
  /** Until it is said: the other would not ring for this process. */
  const answer = () => {
    say({ here: id }).catch(() => {
      if (!closing.signal.aborted) setTimeout(answer, answerAgainMs).unref();
    });
  };
  const understand = (word: Word) => {
    if ('topic' in word) return hear(word.topic);
    const other = 'hello' in word ? word.hello : word.here;
    if (other === id) return;
    if ('hello' in word) answer();
    if (!isAlone) return;
    isAlone = false;
    // What the other has published before it knew of this process.
    for (const topic of asked) hear(topic);
  };
  const notify = (topic: string) => {
    pending.set(topic, false);
    say({ topic }).catch(() => undefined);
    setTimeout(() => {
      const again = pending.get(topic);
      pending.delete(topic);
      if (again && !closing.signal.aborted) notify(topic);
    }, notifyEveryMs).unref();
  };
  const listenOn = () =>
    listen(dataSource, {
      closing: closing.signal,
      onWord: understand,
      async onListening() {
        await say({ hello: id });
        isDeaf = false;
      },
      onLost() {
        isDeaf = true;
      },
    });

  return {
    ring(topic) {
      hear(topic);
      if (isAlone && !isDeaf) return;
      if (pending.has(topic)) pending.set(topic, true);
      else if (!closing.signal.aborted) notify(topic);
    },
    rings(topic) {
      asked.add(topic);
      return counts.get(topic) ?? 0;
    },
    wait(topic, { since, mostMs }) {
      if (closing.signal.aborted) return Promise.resolve();
      listening ??= listenOn();
      if (since !== undefined && since < (counts.get(topic) ?? 0)) return Promise.resolve();
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
    isDeaf: () => isDeaf,
    async close() {
      closing.abort();
      if (listening) await within(closePatienceMs, listening);
    },
  };
}

/** Undefined for what no process of ours has said: anybody may use the channel. */
function parseWord(payload: string | undefined): Word | undefined {
  try {
    const word = JSON.parse(payload ?? '') as unknown;
    return typeof word === 'object' && word !== null ? (word as Word) : undefined;
  } catch {
    return undefined;
  }
}

interface Ear {
  readonly onWord: (word: Word) => void;
  /** Rejects where nobody could be told: then it listens anew. */
  readonly onListening: () => Promise<void>;
  readonly onLost: () => void;
  readonly closing: AbortSignal;
}

/** Holds one connection that listens, and takes a new one when it is lost. Resolves some time after `closing`. */
async function listen(dataSource: DataSource, { onWord, onListening, onLost, closing }: Ear): Promise<void> {
  let failures = 0;
  const session = async () => {
    const runner = dataSource.createQueryRunner();
    try {
      const client = (await runner.connect()) as PoolClient;
      const lost = new Promise<void>((resolve) => {
        client.once('error', () => resolve()).once('end', () => resolve());
      });
      client.on('notification', ({ payload }) => {
        const word = parseWord(payload);
        if (word) onWord(word);
      });
      await client.query(`listen ${channel}`);
      failures = 0;
      await onListening();
      await unlessAborted(closing, lost);
      client.removeAllListeners('notification');
      if (closing.aborted) await client.query('unlisten *').catch(() => undefined);
    } finally {
      onLost();
      await runner.release();
    }
  };
  while (!closing.aborted) {
    await session().catch(() => undefined);
    failures += 1;
    await pause(backoffMs(failures), undefined, { signal: closing }).catch(() => undefined);
  }
}
