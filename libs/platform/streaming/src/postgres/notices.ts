import { retry } from '@sestante/retry';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { unlessAborted } from '../waiting.ts';

/** The channel of NOTIFY that all processes on one database share. */
export const channel = 'sestante_wake_up';

/** Notifications between processes: `hello` of a process that starts to listen, `here` as the reply of another one, and `topic` with new messages. */
export type Notice = { readonly hello: string } | { readonly here: string } | { readonly topic: string };

export interface NoticeListener {
  readonly onNotice: (notice: Notice) => void;
  /** Called with each new connection. If it rejects, another connection is opened. */
  readonly onListening: () => Promise<void>;
  readonly onLost: () => void;
  readonly closing: AbortSignal;
}

export async function sendNotice(dataSource: DataSource, notice: Notice): Promise<void> {
  await dataSource.query('select pg_notify($1, $2)', [channel, JSON.stringify(notice)]);
}

/** Keeps one listening connection open, and opens another when it is lost. Resolves some time after `closing`. */
export async function listenForNotices(dataSource: DataSource, listener: NoticeListener): Promise<void> {
  const { closing } = listener;
  const untilLost = async (progress: () => void) => {
    await listenOnce(dataSource, listener, progress);
    if (!closing.aborted) throw new Error('the listening connection was lost');
  };
  await retry(untilLost, { signal: closing }).catch(() => undefined);
}

/** Resolves when the connection is lost, or at `closing`. */
async function listenOnce(dataSource: DataSource, listener: NoticeListener, onConnected: () => void): Promise<void> {
  const { onNotice, onListening, onLost, closing } = listener;
  const runner = dataSource.createQueryRunner();
  try {
    const client = (await runner.connect()) as PoolClient;
    const lost = new Promise<void>((resolve) => {
      client.once('error', () => resolve()).once('end', () => resolve());
    });
    client.on('notification', ({ payload }) => {
      const notice = parseNotice(payload);
      if (notice) onNotice(notice);
    });
    await client.query(`listen ${channel}`);
    onConnected();
    await onListening();
    await unlessAborted(closing, lost);
    client.removeAllListeners('notification');
    if (closing.aborted) await client.query('unlisten *').catch(() => undefined);
  } finally {
    onLost();
    await runner.release();
  }
}

/** Undefined for payloads of other programs, which may use the channel, too. */
function parseNotice(payload: string | undefined): Notice | undefined {
  try {
    const { hello, here, topic } = JSON.parse(payload ?? '') as Partial<Record<'hello' | 'here' | 'topic', unknown>>;
    if (typeof topic === 'string') return { topic };
    if (typeof hello === 'string') return { hello };
    return typeof here === 'string' ? { here } : undefined;
  } catch {
    return undefined;
  }
}
