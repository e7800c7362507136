import type { PoolClient } from 'pg';
import type { Delivery } from '../stream.ts';
import { decodeBatch, largestBatch } from './record-batch.ts';

/** A place in a topic. */
export interface Place {
  readonly partition: number;
  readonly offset: number;
}

/** A record batch as it is stored. */
export interface Row {
  readonly partition: number;
  readonly first_offset: string;
  readonly records: Buffer;
  readonly published_at: Date;
}

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
 * Up to `most` messages of a topic from these places on, of at most one place in each partition: those of the first place in their order,
 * then those of the next. Fewer when there are no more; offsets that retention removed are passed over.
 */
export async function readFrom(
  client: PoolClient,
  topic: string,
  places: readonly Place[],
  most: number,
): Promise<Delivery[]> {
  const { rows } = await client.query<Row>({
    name: 'stream-read',
    text: `
      select place.partition, batch.*
        from unnest($2::int[], $3::bigint[]) with ordinality as place(partition, start, number)
       cross join lateral (${batchesFrom({ partition: 'place.partition', start: 'place.start' }, '$4::int')}) as batch
       order by place.number, batch.first_offset`,
    values: [topic, places.map(({ partition }) => partition), places.map(({ offset }) => offset), most],
  });
  return deliveriesOf(topic, rows, { places, most });
}

/** The first `most` messages of these rows, without those before the places. */
export function deliveriesOf(
  topic: string,
  rows: readonly Row[],
  { places, most }: { places: readonly Place[]; most: number },
): Delivery[] {
  const starts = new Map(places.map(({ partition, offset }) => [partition, offset]));
  const deliveries: Delivery[] = [];
  for (const { partition, first_offset, records, published_at } of rows) {
    if (deliveries.length >= most) break;
    const [first, publishedAt, start] = [Number(first_offset), published_at.getTime(), starts.get(partition)!];
    for (const [index, message] of decodeBatch(records).entries()) {
      if (first + index < start || deliveries.length >= most) continue;
      deliveries.push({ ...message, topic, partition, offset: first + index, publishedAt });
    }
  }
  return deliveries;
}
