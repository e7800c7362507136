import { setTimeout as sleep } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { reasonOf, withClient } from '@sestante/postgres';
import { backoffMs, retry } from '@sestante/retry';
import { storeDeadLetters } from '../dead-letter.ts';
import { type Settlement, settle } from '../settle.ts';
import { defaultBatchSize, type Subscription } from '../stream.ts';
import { type Move, movePositions, take, type TakenBatch, type Unread } from './group-positions.ts';
import type { HandOver } from './hand-over.ts';
import type { WakeUpSignal } from './wake-up-signal.ts';

/** The longest sleep of a consumer without a notification: a process may have died between its commit and its notification. */
const sleepMs = 5_000;
/** The same while the listening connection is lost, so that notifications of other processes do not arrive. */
const disconnectedSleepMs = 1_000;
const longestRestMs = 20;
/** After this time without a statement, the server ends the transaction of a stuck process, and others can take its partitions. */
const stuckAfterSeconds = 30;

export interface Consumer {
  readonly subscription: Subscription;
  readonly dataSource: DataSource;
  readonly wakeUp: WakeUpSignal;
  readonly handOver: HandOver;
  readonly onError: (reason: string) => void;
  readonly closing: AbortSignal;
}

/** The state of a consumer between turns. */
interface ConsumerState {
  /** Paused partitions after a retry: until when, at which offset, and the number of attempts. */
  readonly pauses: Map<number, { until: number; offset: number; attempt: number }>;
  /** Whether there is more to read than fits into a batch. Then it takes one partition at a time, so that other processes can take the others. */
  isBehind: boolean;
}

/** Runs until `closing`: takes free partitions with unread messages, calls the handler with a batch, commits, and sleeps if there are none. */
export async function consume(consumer: Consumer): Promise<void> {
  const { subscription, dataSource, wakeUp, closing, onError } = consumer;
  const { topic, isPaced } = subscription;
  const state: ConsumerState = { pauses: new Map(), isBehind: false };
  const turn = () => withClient(dataSource, (client) => takeTurn(client, consumer, state));
  const onFailure = (error: unknown) => onError(reasonOf(error));
  while (!closing.aborted) {
    const [since, beganAt] = [wakeUp.countOf(topic), Date.now()];
    // It rejects only when the stream is closing.
    const isMore = await retry(turn, { signal: closing, onFailure }).catch(() => false);
    if (isMore) continue;
    const endedAt = Date.now();
    await wakeUp.wait(topic, { since, maxMs: sleepOf(consumer, state, beganAt) });
    if (isPaced) await pace(endedAt + restMsAfter(endedAt - beganAt), closing);
  }
}

/**
 * Handles one batch in one transaction that locks the rows of (group, partition): no other process reads these partitions meanwhile, and if the
 * process dies, its connection ends and releases them. The commit does not wait for the disk: if the server crashes and loses the position, the
 * messages after the older position are redelivered. Resolves to whether there may be more to read.
 */
async function takeTurn(client: PoolClient, consumer: Consumer, state: ConsumerState): Promise<boolean> {
  const { subscription, handOver } = consumer;
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
    const { moves, isMore } = await handleOneBatch(client, consumer, state);
    await Promise.all([begun, movePositions(client, subscription, moves), client.query('commit')]);
    for (const move of moves) handOver.pass(subscription.topic, subscription.group, move);
    return isMore;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    clearInterval(alive);
  }
}

/** Takes a batch and handles it. Resolves to the new positions, and whether there may be more to read. */
async function handleOneBatch(
  client: PoolClient,
  consumer: Consumer,
  state: ConsumerState,
): Promise<{ moves: readonly Move[]; isMore: boolean }> {
  const { subscription, handOver } = consumer;
  const { batchSize = defaultBatchSize } = subscription;
  const now = Date.now();
  const resting = [...state.pauses].filter(([, { until }]) => until > now).map(([partition]) => partition);
  const wasBehind = state.isBehind;
  state.isBehind = false;
  const partitions = wasBehind ? 1 : batchSize;
  const { unread, batch } = await take(client, subscription, { partitions, messages: batchSize, resting, handOver });
  if (unread.length === 0) return { moves: [], isMore: false };
  state.isBehind = unread.reduce((count, { offset, end }) => count + end - offset, 0) === batchSize;
  const settled = await handle(subscription, { unread, batch });
  await storeDeadLetters(
    subscription,
    settled.flatMap(({ deadLetters }) => deadLetters),
  );
  for (const settlement of settled) pause(consumer, state, settlement);
  return {
    moves: settled.filter(({ offset, next }) => next > offset),
    isMore: wasBehind || state.isBehind,
  };
}

interface Settled extends Unread, Settlement {}

/** Calls the handler, and settles each partition. */
async function handle({ group, handler }: Subscription, { unread, batch }: TakenBatch): Promise<Settled[]> {
  const outcomes = batch.length === 0 ? [] : await handler(batch).catch((error: unknown) => reasonOf(error));
  return unread.map((range): Settled => {
    // The batch has the partitions one after the other.
    const start = batch.findIndex(({ partition }) => partition === range.partition);
    // Retention has removed its messages.
    if (start === -1) return { ...range, next: range.end, deadLetters: [], retry: undefined };
    if (typeof outcomes === 'string') return { ...range, next: range.offset, deadLetters: [], retry: outcomes };
    const end = batch.findLastIndex(({ partition }) => partition === range.partition) + 1;
    return { ...range, ...settle(group, batch.slice(start, end), outcomes.slice(start, end)) };
  });
}

function pause({ onError }: Consumer, { pauses }: ConsumerState, { partition, retry, next }: Settled): void {
  if (retry === undefined) {
    pauses.delete(partition);
    return;
  }
  onError(retry);
  // Another process may have advanced the position meanwhile.
  const previous = pauses.get(partition);
  const attempt = previous?.offset === next ? previous.attempt + 1 : 1;
  pauses.set(partition, { until: Date.now() + backoffMs(attempt), offset: next, attempt });
}

/** How long a paced consumer pauses after a turn: as long as the turn took, at most 20 ms. */
export function restMsAfter(workedMs: number): number {
  return Math.min(workedMs, longestRestMs);
}

/** Without pauses, messages that arrive one by one would each need a turn, and the turns would use all CPU time. */
async function pace(until: number, closing: AbortSignal): Promise<void> {
  const ms = until - Date.now();
  if (ms > 0 && !closing.aborted) await sleep(ms);
}

/** The time until the next pause ends, within limits. A pause that ended during the last turn, which began at `began`, counts as ended: that turn skipped its partition. */
function sleepOf({ wakeUp }: Consumer, { pauses }: ConsumerState, began: number): number {
  const ends = [...pauses.values()].map(({ until }) => until).filter((until) => until > began);
  return Math.max(
    1,
    Math.min(wakeUp.isConnected() ? sleepMs : disconnectedSleepMs, ...ends.map((until) => until - Date.now())),
  );
}
