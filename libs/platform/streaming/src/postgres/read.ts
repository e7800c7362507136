import type { Delivery } from '../stream.ts';
import { decodeBatch, largestBatch } from './record-batch.ts';

/** A position in a partition of a topic. */
export interface PartitionPosition {
  readonly partition: number;
  readonly offset: number;
}

/** A partition with unread messages and one of its record batches; without a record batch if retention has removed the messages. */
export type Row = { readonly partition: number; readonly next_offset: string } & (
  | { readonly first_offset: string; readonly records: Buffer; readonly published_at: Date }
  | { readonly first_offset: null; readonly records: null; readonly published_at: null }
);

/**
 * SQL that selects record batches of a topic ($1) from a position in a partition on. The first may begin before the position. It returns at most 200
 * batches, and only as many as are needed for `max` messages.
 */
export function batchesFrom(position: { partition: string; start: string }, max: string): string {
  const ofPartition = (alias: string) => `${alias}.topic = $1 and ${alias}.partition = ${position.partition}`;
  return `
    select first_offset, records, published_at
      from (select *, sum(count) over (order by first_offset) - count as ahead
              from (select b.first_offset, b.count, b.records, b.published_at from stream.record_batch b
                     where ${ofPartition('b')} and b.first_offset + b.count > ${position.start}
                       and b.first_offset >= coalesce((
                         select l.first_offset from stream.record_batch l
                          where ${ofPartition('l')} and l.first_offset <= ${position.start}
                          order by l.first_offset desc limit 1), 0)
                     order by b.first_offset limit 200) as found) as counted
     where ahead < ${max} + ${largestBatch}`;
}

/**
 * The first `max` messages of these rows in order, without those before the positions. There is at most one position for each partition.
 */
export function deliveriesOf(
  topic: string,
  rows: readonly Row[],
  { positions, max }: { positions: readonly PartitionPosition[]; max: number },
): Delivery[] {
  const starts = new Map(positions.map(({ partition, offset }) => [partition, offset]));
  const deliveries: Delivery[] = [];
  for (const { partition, first_offset, records, published_at } of rows) {
    if (deliveries.length >= max) break;
    if (records === null) continue;
    const [first, publishedAt, start] = [Number(first_offset), published_at.getTime(), starts.get(partition) ?? 0];
    for (const [index, message] of decodeBatch(records).entries()) {
      if (first + index < start || deliveries.length >= max) continue;
      deliveries.push({ ...message, topic, partition, offset: first + index, publishedAt });
    }
  }
  return deliveries;
}
