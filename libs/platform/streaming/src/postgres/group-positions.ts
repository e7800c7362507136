import type { PoolClient } from 'pg';
import type { Subscription } from '../stream.ts';

/** What a group has not read of a partition: from `offset` up to, not including, `end`. */
export interface Unread {
  readonly partition: number;
  readonly offset: number;
  readonly end: number;
}

/**
 * Takes at most `most` partitions with unread messages that no other process works on, those first that waited longest, but none of
 * `resting`. They are held until the end of the transaction.
 */
export async function takePartitions(
  client: PoolClient,
  { topic, group }: Subscription,
  { most, resting }: { most: number; resting: readonly number[] },
): Promise<Unread[]> {
  const { rows } = await client.query<{ partition: number; committed: string; next_offset: string }>({
    name: 'stream-take',
    text: `
      select g.partition, g.committed, p.next_offset
        from stream.group_position g join stream.topic_partition p using (topic, partition)
       where g.group_name = $1 and g.topic = $2 and p.next_offset > g.committed and g.partition <> all ($3::int[])
       order by g.moved_at limit $4 for update of g skip locked`,
    values: [group, topic, resting, most],
  });
  return rows.map((row) => ({
    partition: row.partition,
    offset: Number(row.committed),
    end: Number(row.next_offset),
  }));
}

/** Where a group goes on in a partition. */
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
