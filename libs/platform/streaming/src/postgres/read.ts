import type { Delivery } from '../stream.ts';
import { decodeBatch, largestBatch } from './record-batch.ts';

/** A place in a topic. */
export interface Place {
  readonly partition: number;
  readonly offset: number;
}

/** A partition that has something to read, with one of its record batches; without one where retention has removed what was to be read. */
export type Row = { readonly partition: number; readonly next_offset: string } & (
  | { readonly first_offset: string; readonly records: Buffer; readonly published_at: Date }
  | { readonly first_offset: null; readonly records: null; readonly published_at: null }
);

/**
 * SQL of the record batches of a topic ($1) from a place in a partition on, the first of which may begin before it. At most 200, and no
 * more than hold `most` messages.
 */
export function batchesFrom(place: { partition: string; start: string }, most: string): string {
  const ofPartition = (alias: string) => `${alias}.topic = $1 and ${alias}.partition = ${place.partition}`;
  return `
    select first_offset, records, published_at
      from (select *, sum(count) over (order by first_offset) - count as ahead
              from (select b.first_offset, b.count, b.records, b.published_at from stream.record_batch b
                     where ${ofPartition('b')} and b.first_offset + b.count > ${place.start}
                       and b.first_offset >= coalesce((
                         select l.first_offset from stream.record_batch l
                          where ${ofPartition('l')} and l.first_offset <= ${place.start}
                          order by l.first_offset desc limit 1), 0)
                     order by b.first_offset limit 200) as found) as counted
     where ahead < ${most} + ${largestBatch}`;
}

/**
 * The first `most` messages of these rows, without those before the places, of at most one place in each partition: those of the first row
 * in their order, then those of the next.
 */
export function deliveriesOf(
  topic: string,
  rows: readonly Row[],
  { places, most }: { places: readonly Place[]; most: number },
): Delivery[] {
  const starts = new Map(places.map(({ partition, offset }) => [partition, offset]));
  const deliveries: Delivery[] = [];
  for (const { partition, first_offset, records, published_at } of rows) {
    if (deliveries.length >= most) break;
    if (records === null) continue;
    const [first, publishedAt, start] = [Number(first_offset), published_at.getTime(), starts.get(partition) ?? 0];
    for (const [index, message] of decodeBatch(records).entries()) {
      if (first + index < start || deliveries.length >= most) continue;
      deliveries.push({ ...message, topic, partition, offset: first + index, publishedAt });
    }
  }
  return deliveries;
}
