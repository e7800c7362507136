import { setTimeout as sleep } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { reasonOf, withClient } from '@sestante/postgres';
import { backoffMs, retry } from '@sestante/retry';
import { keepDeadLetters } from '../dead-letter.ts';
import { type Settlement, settle } from '../settle.ts';
import type { Subscription } from '../stream.ts';
import { type Move, movePositions, take, type Taken, type Unread } from './group-positions.ts';
import type { WakeUpSignal } from './wake-up-signal.ts';

/** The longest sleep of a reader without a wake-up: a process may have died between its commit and its notification. */
const sleepMs = 5_000;
/** The same while other processes cannot wake it, because the connection that listens is lost. */
const disconnectedSleepMs = 1_000;
const longestRestMs = 20;
/** After so long without a sign of life the server gives the partition of a stuck process to others. */
const stuckAfterSeconds = 30;

export interface Consumer {
  readonly subscription: Subscription;
  readonly dataSource: DataSource;
  readonly wakeUp: WakeUpSignal;
  readonly onTrouble: (reason: string) => void;
  readonly closing: AbortSignal;
}

/** What a consumer remembers from turn to turn. */
interface Memory {
  /** Partitions that rest after a retry: when they may be read again, from where, and which attempt that will be. */
  readonly pauses: Map<number, { until: number; offset: number; attempt: number }>;
  /** There is more to read than fits into a batch: one partition at a time then, so that other processes find the others free. */
  isBehind: boolean;
}

/** Works until `closing`: takes free partitions with unread messages, has a batch handled, commits, and sleeps when there are none. */
export async function consume(consumer: Consumer): Promise<void> {
  const { subscription, dataSource, wakeUp, closing, onTrouble } = consumer;
  const { topic, isPaced } = subscription;
  const memory: Memory = { pauses: new Map(), isBehind: false };
  const turn = () => withClient(dataSource, (client) => takeTurn(client, consumer, memory));
  const onFailure = (error: unknown) => onTrouble(reasonOf(error));
  while (!closing.aborted) {
    const [since, beganAt] = [wakeUp.countOf(topic), Date.now()];
    // It rejects when the stream is closing, and not before.
    const isMore = await retry(turn, { signal: closing, onFailure }).catch(() => false);
    if (isMore) continue;
    const endedAt = Date.now();
    await wakeUp.wait(topic, { since, mostMs: sleepOf(consumer, memory, beganAt) });
    if (isPaced) await pace(endedAt + restMsAfter(endedAt - beganAt), closing);
  }
}

/**
 * One batch in one transaction that holds the rows of (group, partition): nobody else reads these partitions meanwhile, and a process
 * that dies gives them back with its connection. Its commit does not wait for the disk: a position that is lost in a crash of the server
 * is older than the effects, and the messages behind it come again. Resolves to whether there may be more to read already.
 */
async function takeTurn(client: PoolClient, consumer: Consumer, memory: Memory): Promise<boolean> {
  const begun = client.query(
    `begin; set local idle_in_transaction_session_timeout = '${stuckAfterSeconds}s'; set local synchronous_commit = off`,
  );
  begun.catch(() => undefined);
  const alive = setInterval(
    () => void client.query('select 1').catch(() => undefined),
    (stuckAfterSeconds * 1_000) / 3,
  );
  alive.unref();
  try {
    const { moves, isMore } = await handleOneBatch(client, consumer, memory);
    await Promise.all([begun, movePositions(client, consumer.subscription, moves), client.query('commit')]);
    return isMore;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    clearInterval(alive);
  }
}

/** Takes a batch and has it handled. Resolves to how far it came, and whether there may be more to read already. */
async function handleOneBatch(
  client: PoolClient,
  consumer: Consumer,
  memory: Memory,
): Promise<{ moves: readonly Move[]; isMore: boolean }> {
  const { subscription } = consumer;
  const { batchSize = 500 } = subscription;
  const now = Date.now();
  const resting = [...memory.pauses].filter(([, { until }]) => until > now).map(([partition]) => partition);
  const wasBehind = memory.isBehind;
  memory.isBehind = false;
  const partitions = wasBehind ? 1 : batchSize;
  const { unread, batch } = await take(client, subscription, { partitions, messages: batchSize, resting });
  if (unread.length === 0) return { moves: [], isMore: false };
  memory.isBehind = batch.length === batchSize;
  const settled = await handle(subscription, { unread, batch });
  await keepDeadLetters(
    subscription,
    settled.flatMap(({ deadLetters }) => deadLetters),
  );
  for (const settlement of settled) pause(consumer, memory, settlement);
  const isCut = settled.some(({ retry, next, end }) => retry === undefined && next < end);
  return {
    moves: settled.filter(({ offset, next }) => next > offset),
    isMore: wasBehind || memory.isBehind || isCut,
  };
}

interface Settled extends Unread, Settlement {}

/** Has the batch handled, and says of each partition what came of it. */
async function handle({ group, handler, batchSize = 500 }: Subscription, { unread, batch }: Taken): Promise<Settled[]> {
  const outcomes = batch.length === 0 ? [] : await handler(batch).catch((error: unknown) => reasonOf(error));
  return unread.flatMap((place): Settled[] => {
    const own = [...batch.keys()].filter((index) => batch[index]!.partition === place.partition);
    // Nothing is left of it, or it has to wait for the next batch.
    if (own.length === 0)
      return batch.length < batchSize ? [{ ...place, next: place.end, deadLetters: [], retry: undefined }] : [];
    if (typeof outcomes === 'string') return [{ ...place, next: place.offset, deadLetters: [], retry: outcomes }];
    const deliveries = own.map((index) => batch[index]!);
    return [
      {
        ...place,
        ...settle(
          group,
          deliveries,
          own.map((index) => outcomes[index]),
        ),
      },
    ];
  });
}

function pause({ onTrouble }: Consumer, { pauses }: Memory, { partition, retry, next }: Settled): void {
  if (retry === undefined) {
    pauses.delete(partition);
    return;
  }
  onTrouble(retry);
  // Another process may have come further meanwhile.
  const known = pauses.get(partition);
  const attempt = known?.offset === next ? known.attempt + 1 : 1;
  pauses.set(partition, { until: Date.now() + backoffMs(attempt), offset: next, attempt });
}

/** How long a paced consumer rests after a turn: as long as it worked, and 20 ms at most. */
export function restMsAfter(workedMs: number): number {
  return Math.min(workedMs, longestRestMs);
}

/** Messages that come one by one would each have a turn of their own, and the turns would fill the processors. */
async function pace(until: number, closing: AbortSignal): Promise<void> {
  const ms = until - Date.now();
  if (ms > 0 && !closing.aborted) await sleep(ms);
}

/** Until the next pause is over, but not too long. One that ended during the turn that began then is over now: the turn left its partition out. */
function sleepOf({ wakeUp }: Consumer, { pauses }: Memory, began: number): number {
  const ends = [...pauses.values()].map(({ until }) => until).filter((until) => until > began);
  return Math.max(
    1,
    Math.min(wakeUp.isConnected() ? sleepMs : disconnectedSleepMs, ...ends.map((until) => until - Date.now())),
  );
}
