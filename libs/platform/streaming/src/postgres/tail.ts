import type { DataSource } from 'typeorm';
import { prepared } from '@sestante/postgres';
import type { Delivery } from '../stream.ts';
import { batchesFrom, deliveriesOf, type Row } from './read.ts';
import type { WakeUpSignal } from './wake-up-signal.ts';

export interface Tail {
  readonly topic: string;
  readonly listener: (batch: readonly Delivery[]) => void;
  readonly dataSource: DataSource;
  readonly wakeUp: WakeUpSignal;
  readonly closing: AbortSignal;
}

type Ends = Map<number, number>;

/** The largest number of messages in one call of the listener. */
const maxMessages = 500;

/** Reads the ends of the partitions, then reads from there in the background. */
export async function tail(reader: Tail): Promise<void> {
  const seen = await endsOf(reader);
  void follow(reader, seen);
}

async function follow(reader: Tail, seen: Ends): Promise<void> {
  const { topic, wakeUp, closing } = reader;
  while (!closing.aborted) {
    const since = wakeUp.countOf(topic);
    const isMore = await readNew(reader, seen).catch(() => false);
    if (!isMore) await wakeUp.wait(topic, { since, maxMs: wakeUp.isConnected() ? 5_000 : 1_000 });
  }
}

/** Calls the listener with new messages. Resolves to whether there may be more. */
async function readNew({ dataSource, topic, listener }: Tail, seen: Ends): Promise<boolean> {
  const rows = await prepared<Row>(dataSource, {
    name: 'stream-tail',
    text: `
      select p.partition, p.next_offset, batch.*
        from stream.topic_partition p
        left join unnest($2::int[], $3::bigint[]) as seen(partition, next) using (partition)
        left join lateral (${batchesFrom({ partition: 'p.partition', start: 'coalesce(seen.next, 0)' }, '$4::int')}) as batch on true
       where p.topic = $1 and p.next_offset > coalesce(seen.next, 0) order by p.partition, batch.first_offset`,
    values: [topic, [...seen.keys()], [...seen.values()], maxMessages],
  });
  const positions = [...seen].map(([partition, offset]) => ({ partition, offset }));
  const batch = deliveriesOf(topic, rows, { positions, max: maxMessages });
  for (const { partition, records, next_offset } of rows) if (!records) seen.set(partition, Number(next_offset));
  for (const { partition, offset } of batch) seen.set(partition, offset + 1);
  if (batch.length > 0) listener(batch);
  return rows.some(({ partition, next_offset }) => (seen.get(partition) ?? 0) < Number(next_offset));
}

async function endsOf({ dataSource, topic }: Tail): Promise<Ends> {
  const rows = await dataSource.query<{ partition: number; next_offset: string }[]>(
    'select partition, next_offset from stream.topic_partition where topic = $1',
    [topic],
  );
  return new Map(rows.map((row) => [row.partition, Number(row.next_offset)]));
}
