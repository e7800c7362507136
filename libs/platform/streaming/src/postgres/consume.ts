import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { reasonOf, withClient } from '@sestante/postgres';
import { backoffMs } from '../backoff.ts';
import { type Settlement, settle } from '../settle.ts';
import type { Message, Subscription } from '../stream.ts';
import { readFrom } from './read.ts';
import type { Bell } from './wake.ts';

/** The longest sleep of a reader without a wake-up. */
const sleepMs = 1_000;
/** After so long without a sign of life the server gives the partition of a stuck process to others. */
const stuckAfterSeconds = 30;

export interface Consumer {
  readonly subscription: Subscription;
  readonly dataSource: DataSource;
  readonly bell: Bell;
  readonly keepDeadLetters: (messages: readonly Message[]) => Promise<void>;
  readonly onTrouble: (reason: string) => void;
  readonly closing: AbortSignal;
}

/** Partitions that rest after a retry: when they may be read again, and which attempt that will be. */
type Pauses = Map<number, { until: number; attempt: number }>;

/** Works until `closing`: takes a free partition with unread messages, has a batch handled, commits, and sleeps when there is none. */
export async function consume(consumer: Consumer): Promise<void> {
  const { subscription, dataSource, bell, closing, onTrouble } = consumer;
  const pauses: Pauses = new Map();
  let failures = 0;
  while (!closing.aborted) {
    try {
      const worked = await withClient(dataSource, (client) => takeTurn(client, consumer, pauses));
      failures = 0;
      if (!worked) await bell.wait(subscription.topic, untilNextPause(pauses));
    } catch (error) {
      failures += 1;
      onTrouble(reasonOf(error));
      await bell.wait('', backoffMs(failures));
    }
  }
}

/**
 * One batch in one transaction that holds the row of (group, partition): nobody else reads the partition meanwhile, and a process that
 * dies gives it back with its connection.
 */
async function takeTurn(client: PoolClient, consumer: Consumer, pauses: Pauses): Promise<boolean> {
  await client.query(`begin; set local idle_in_transaction_session_timeout = '${stuckAfterSeconds}s'`);
  const alive = setInterval(
    () => void client.query('select 1').catch(() => undefined),
    (stuckAfterSeconds * 1_000) / 3,
  );
  alive.unref();
  try {
    const worked = await handleOneBatch(client, consumer, pauses);
    await client.query('commit');
    return worked;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    clearInterval(alive);
  }
}

async function handleOneBatch(client: PoolClient, consumer: Consumer, pauses: Pauses): Promise<boolean> {
  const { topic, group, handler, batchSize = 500 } = consumer.subscription;
  const place = await takePartition(client, consumer.subscription, pauses);
  if (!place) return false;
  const batch = await readFrom(client, { topic, ...place }, batchSize);
  let settlement: Settlement = { next: place.end, deadLetters: [], retry: undefined };
  if (batch.length > 0) {
    settlement = await handler(batch).then(
      (outcomes) => settle(group, batch, outcomes),
      (error: unknown) => ({ next: place.offset, deadLetters: [], retry: reasonOf(error) }),
    );
  }
  if (settlement.deadLetters.length > 0) await consumer.keepDeadLetters(settlement.deadLetters);
  if (settlement.next > place.offset) await moveTo(client, consumer.subscription, place.partition, settlement.next);
  pause(consumer, pauses, place, settlement);
  return true;
}

interface FreePartition {
  readonly partition: number;
  readonly offset: number;
  readonly end: number;
}

async function takePartition(
  client: PoolClient,
  { topic, group }: Subscription,
  pauses: Pauses,
): Promise<FreePartition | undefined> {
  const now = Date.now();
  const resting = [...pauses].filter(([, { until }]) => until > now).map(([partition]) => partition);
  const { rows } = await client.query<{ partition: number; committed: string; next_offset: string }>({
    name: 'stream-take',
    text: `
      select g.partition, g.committed, p.next_offset
        from stream.group_position g join stream.topic_partition p using (topic, partition)
       where g.group_name = $1 and g.topic = $2 and p.next_offset > g.committed and g.partition <> all ($3::int[])
       order by g.moved_at limit 1 for update of g skip locked`,
    values: [group, topic, resting],
  });
  const row = rows[0];
  return row && { partition: row.partition, offset: Number(row.committed), end: Number(row.next_offset) };
}

async function moveTo(
  client: PoolClient,
  { topic, group }: Subscription,
  partition: number,
  next: number,
): Promise<void> {
  await client.query({
    name: 'stream-move',
    text: `update stream.group_position set committed = $4, moved_at = clock_timestamp()
            where group_name = $1 and topic = $2 and partition = $3`,
    values: [group, topic, partition, next],
  });
}

function pause(consumer: Consumer, pauses: Pauses, place: FreePartition, { retry, next }: Settlement): void {
  if (retry === undefined) {
    pauses.delete(place.partition);
    return;
  }
  consumer.onTrouble(retry);
  const attempt = next > place.offset ? 1 : (pauses.get(place.partition)?.attempt ?? 0) + 1;
  pauses.set(place.partition, { until: Date.now() + backoffMs(attempt), attempt });
}

function untilNextPause(pauses: Pauses): number {
  const now = Date.now();
  return Math.max(
    1,
    Math.min(sleepMs, ...[...pauses.values()].map(({ until }) => until - now).filter((left) => left > 0)),
  );
}
