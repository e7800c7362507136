import type { ClientBase } from 'pg';
import type { Delivery, Message } from '../stream.ts';
import type { HandOver } from './hand-over.ts';
import { decodeBatch } from './record-batch.ts';

/** A range of unread offsets of a partition, and one of its record batches; without one if retention has removed the messages. */
export type Row = { readonly partition: number; readonly start_offset: string; readonly end_offset: string } & (
  | { readonly first_offset: string; readonly published_at: Date }
  | { readonly first_offset: null; readonly published_at: null }
);

/**
 * SQL that selects the record batches of a topic ($1) with the offsets from `start` up to, but not including, `end`. The first may begin before the
 * range, and the last may end after it. Their records are not selected, because they may be held in memory.
 */
export function batchesIn(range: { partition: string; start: string; end: string }): string {
  const ofPartition = (alias: string) => `${alias}.topic = $1 and ${alias}.partition = ${range.partition}`;
  return `
    select b.first_offset, b.published_at
      from stream.record_batch b
     where ${ofPartition('b')} and b.first_offset < ${range.end} and b.first_offset + b.count > ${range.start}
       and b.first_offset >= coalesce((
         select l.first_offset from stream.record_batch l
          where ${ofPartition('l')} and l.first_offset <= ${range.start}
          order by l.first_offset desc limit 1), 0)`;
}

/** The messages of the rows' ranges, in order. */
export async function deliveriesOf(
  client: Pick<ClientBase, 'query'>,
  topic: string,
  rows: readonly Row[],
  handOver?: HandOver,
): Promise<Delivery[]> {
  const messagesOf = await messagesByBatch(client, topic, rows, handOver);
  const deliveries: Delivery[] = [];
  for (const row of rows) {
    if (row.first_offset === null) continue;
    const [start, end, first] = [Number(row.start_offset), Number(row.end_offset), Number(row.first_offset)];
    const publishedAt = row.published_at.getTime();
    for (const [index, message] of messagesOf(row.partition, first).entries()) {
      const offset = first + index;
      if (offset >= start && offset < end)
        deliveries.push({ ...message, topic, partition: row.partition, offset, publishedAt });
    }
  }
  return deliveries;
}

type MessagesOf = (partition: number, firstOffset: number) => readonly Message[];

/** The messages of each batch: those that are held in memory, and the others from the table. */
async function messagesByBatch(
  client: Pick<ClientBase, 'query'>,
  topic: string,
  rows: readonly Row[],
  handOver?: HandOver,
): Promise<MessagesOf> {
  const found = new Map<string, readonly Message[]>();
  const missing: { partition: number; first: number }[] = [];
  for (const { partition, first_offset } of rows) {
    if (first_offset === null) continue;
    const first = Number(first_offset);
    const held = handOver?.find(topic, partition, first);
    if (held) found.set(`${partition}/${first}`, held);
    else missing.push({ partition, first });
  }
  if (missing.length > 0) {
    const { rows: read } = await client.query<{ partition: number; first_offset: string; records: Buffer }>({
      name: 'stream-read',
      text: `select b.partition, b.first_offset, b.records
               from unnest($2::int[], $3::bigint[]) as wanted (partition, first_offset)
               join stream.record_batch b using (partition, first_offset) where b.topic = $1`,
      values: [topic, missing.map(({ partition }) => partition), missing.map(({ first }) => first)],
    });
    for (const { partition, first_offset, records } of read)
      found.set(`${partition}/${first_offset}`, decodeBatch(records));
  }
  return (partition, first) => found.get(`${partition}/${first}`) ?? [];
}
