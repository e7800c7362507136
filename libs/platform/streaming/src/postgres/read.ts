import type { PoolClient } from 'pg';
import type { Delivery } from '../stream.ts';
import { decodeBatch, largestBatch } from './record-batch.ts';

/** A place in a topic. */
export interface Place {
  readonly partition: number;
  readonly offset: number;
}

interface Row {
  readonly partition: number;
  readonly first_offset: string;
  readonly records: Buffer;
  readonly published_at: Date;
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
      select place.partition, counted.first_offset, counted.records, counted.published_at
        from unnest($2::int[], $3::bigint[]) with ordinality as place(partition, start, number)
       cross join lateral (
         select *, sum(count) over (order by first_offset) - count as ahead
           from (select first_offset, count, records, published_at from stream.record_batch b
                  where topic = $1 and b.partition = place.partition
                    and first_offset > place.start - ${largestBatch} and first_offset + count > place.start
                  order by first_offset limit 200) as found) as counted
       where counted.ahead < $4::int + ${largestBatch} order by place.number, counted.first_offset`,
    values: [topic, places.map(({ partition }) => partition), places.map(({ offset }) => offset), most],
  });
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
