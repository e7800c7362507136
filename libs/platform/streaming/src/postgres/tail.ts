import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { withClient } from '@sestante/postgres';
import type { Delivery } from '../stream.ts';
import type { HandOver } from './hand-over.ts';
import { batchesIn, deliveriesOf, type Row } from './read.ts';
import type { WakeUpSignal } from './wake-up-signal.ts';

export interface Tail {
  readonly topic: string;
  readonly listener: (batch: readonly Delivery[]) => void;
  readonly dataSource: DataSource;
  readonly wakeUp: WakeUpSignal;
  readonly handOver: HandOver;
  readonly closing: AbortSignal;
}

/** A tail that is one of the readers of the hand-over. */
interface Reader extends Tail {
  readonly name: string;
}

type Ends = Map<number, number>;

/** The largest number of messages of a partition in one call of the listener. */
const maxMessages = 500;

/** Reads the ends of the partitions, then reads from there in the background. */
export async function tail(options: Tail): Promise<void> {
  const seen = await endsOf(options);
  const reader = { ...options, name: `tail ${randomUUID()}` };
  reader.handOver.addReader(reader.topic, reader.name);
  pass(reader, seen);
  void follow(reader, seen);
}

/** Lets go of what was read. */
function pass({ handOver, topic, name }: Reader, ends: Ends): void {
  for (const [partition, next] of ends) handOver.pass(topic, name, { partition, next });
}

async function follow(reader: Reader, seen: Ends): Promise<void> {
  const { topic, wakeUp, closing } = reader;
  while (!closing.aborted) {
    const since = wakeUp.countOf(topic);
    const isMore = await readNew(reader, seen).catch(() => false);
    if (!isMore) await wakeUp.wait(topic, { since, maxMs: wakeUp.isConnected() ? 5_000 : 1_000 });
  }
}

/** Calls the listener with new messages. Resolves to whether there may be more. */
async function readNew(reader: Reader, seen: Ends): Promise<boolean> {
  const { dataSource, topic, listener, handOver } = reader;
  const { rows, batch } = await withClient(dataSource, async (client) => {
    const { rows } = await client.query<Row & { readonly next_offset: string }>({
      name: 'stream-tail',
      text: `
        with range as (
          select p.partition, p.next_offset, coalesce(seen.next, 0) as start_offset, least(p.next_offset, coalesce(seen.next, 0) + $4::int) as end_offset
            from stream.topic_partition p
            left join unnest($2::int[], $3::bigint[]) as seen (partition, next) using (partition)
           where p.topic = $1 and p.next_offset > coalesce(seen.next, 0)
        )
        select range.*, batch.*
          from range
          left join lateral (${batchesIn({ partition: 'range.partition', start: 'range.start_offset', end: 'range.end_offset' })}) as batch on true
         order by range.partition, batch.first_offset`,
      values: [topic, [...seen.keys()], [...seen.values()], maxMessages],
    });
    return { rows, batch: await deliveriesOf(client, topic, rows, handOver) };
  });
  const read = new Map(rows.map(({ partition, end_offset }) => [partition, Number(end_offset)]));
  for (const [partition, end] of read) seen.set(partition, end);
  pass(reader, read);
  if (batch.length > 0) listener(batch);
  return rows.some(({ end_offset, next_offset }) => Number(end_offset) < Number(next_offset));
}

async function endsOf({ dataSource, topic }: Tail): Promise<Ends> {
  const rows = await dataSource.query<{ partition: number; next_offset: string }[]>(
    'select partition, next_offset from stream.topic_partition where topic = $1',
    [topic],
  );
  return new Map(rows.map((row) => [row.partition, Number(row.next_offset)]));
}
