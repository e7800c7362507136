import type { PoolClient } from 'pg';
import type { Delivery } from '../stream.ts';
import { decodeBatch, largestBatch } from './record-batch.ts';

/** A place in the log. */
export interface Place {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

interface Row {
  readonly first_offset: string;
  readonly records: Buffer;
  readonly published_at: Date;
}

/** Up to `most` messages from the place on, in order. Fewer when there are no more; offsets that retention removed are passed over. */
export async function readFrom(
  client: PoolClient,
  { topic, partition, offset }: Place,
  most: number,
): Promise<Delivery[]> {
  const { rows } = await client.query<Row>({
    name: 'stream-read',
    text: `
      select first_offset, records, published_at
        from (select *, sum(count) over (order by first_offset) - count as ahead
                from (select first_offset, count, records, published_at from stream.record_batch
                       where topic = $1 and partition = $2 and first_offset > $3::bigint - ${largestBatch} and first_offset + count > $3
                       order by first_offset limit 200) as found) as counted
       where ahead < $4::int + ${largestBatch} order by first_offset`,
    values: [topic, partition, offset, most],
  });
  const deliveries: Delivery[] = [];
  for (const row of rows) {
    if (deliveries.length >= most) break;
    const [first, publishedAt] = [Number(row.first_offset), row.published_at.getTime()];
    for (const [index, message] of decodeBatch(row.records).entries()) {
      if (first + index < offset || deliveries.length >= most) continue;
      deliveries.push({ ...message, topic, partition, offset: first + index, publishedAt });
    }
  }
  return deliveries;
}
