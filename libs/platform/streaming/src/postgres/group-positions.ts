import type { PoolClient } from 'pg';
import type { Delivery, Subscription } from '../stream.ts';
import type { HandOver } from './hand-over.ts';
import { batchesIn, deliveriesOf, type Row } from './read.ts';

/** The unread offsets of a partition: from `offset` up to, but not including, `end`. */
export interface Unread {
  readonly partition: number;
  readonly offset: number;
  readonly end: number;
}

/** The partitions and messages of one turn of a consumer. */
export interface TakenBatch {
  /** The partitions, longest waiting first. */
  readonly unread: readonly Unread[];
  readonly batch: readonly Delivery[];
}

export interface TakeLimits {
  /** The largest number of partitions. */
  readonly partitions: number;
  /** The largest number of messages of all partitions together. */
  readonly messages: number;
  /** Paused partitions, which are skipped. */
  readonly resting: readonly number[];
}

/**
 * Locks partitions with unread messages that no other process has locked, and reads their unread messages. The locks last until the end of the
 * transaction.
 */
export async function take(
  client: PoolClient,
  { topic, group }: Subscription,
  { partitions, messages, resting, handOver }: TakeLimits & { readonly handOver?: HandOver },
): Promise<TakenBatch> {
  const { rows } = await client.query<Row>({
    name: 'stream-take',
    text: `
      with taken as materialized (
        select g.partition, g.committed, p.next_offset, g.moved_at
          from stream.group_position g join stream.topic_partition p using (topic, partition)
         where g.topic = $1 and g.group_name = $2 and p.next_offset > g.committed and g.partition <> all ($3::int[])
         order by g.moved_at limit $4 for update of g skip locked
      ),
      -- Offsets have no gaps, so the sum of the unread offsets is the number of messages.
      ahead as (
        select *, coalesce(sum(next_offset - committed) over (order by moved_at, partition rows between unbounded preceding and 1 preceding), 0) as count
          from taken
      ),
      range as (
        select partition, moved_at, committed as start_offset, least(next_offset, committed + $5::int - count) as end_offset
          from ahead where count < $5::int
      )
      select range.partition, range.start_offset, range.end_offset, batch.*
        from range
        left join lateral (${batchesIn({ partition: 'range.partition', start: 'range.start_offset', end: 'range.end_offset' })}) as batch on true
       order by range.moved_at, range.partition, batch.first_offset`,
    values: [topic, group, resting, partitions, messages],
  });
  const unread = new Map<number, Unread>();
  for (const { partition, start_offset, end_offset } of rows)
    unread.set(partition, { partition, offset: Number(start_offset), end: Number(end_offset) });
  return { unread: [...unread.values()], batch: await deliveriesOf(client, topic, rows, handOver) };
}

/** The new position of a group in a partition. */
export interface Move {
  readonly partition: number;
  readonly next: number;
}

export async function movePositions(
  client: PoolClient,
  { topic, group }: Subscription,
  moves: readonly Move[],
): Promise<void> {
  if (moves.length === 0) return;
  await client.query({
    name: 'stream-move',
    text: `update stream.group_position g set committed = m.next, moved_at = clock_timestamp()
             from unnest($3::int[], $4::bigint[]) as m(partition, next)
            where g.group_name = $1 and g.topic = $2 and g.partition = m.partition`,
    values: [group, topic, moves.map(({ partition }) => partition), moves.map(({ next }) => next)],
  });
}
