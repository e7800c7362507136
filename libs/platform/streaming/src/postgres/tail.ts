import type { DataSource } from 'typeorm';
import { withClient } from '@sestante/postgres';
import type { Delivery } from '../stream.ts';
import { readFrom } from './read.ts';
import type { Bell } from './wake.ts';

export interface Tail {
  readonly topic: string;
  readonly listener: (batch: readonly Delivery[]) => void;
  readonly dataSource: DataSource;
  readonly bell: Bell;
  readonly closing: AbortSignal;
}

type Ends = Map<number, number>;

/** The most messages that the listener is given at once. */
const most = 500;

/** Notes the ends of the partitions, then goes on reading from there in the background. */
export async function tail(reader: Tail): Promise<void> {
  const seen = await endsOf(reader);
  void follow(reader, seen);
}

async function follow(reader: Tail, seen: Ends): Promise<void> {
  const { topic, bell, closing } = reader;
  while (!closing.aborted) {
    const heard = bell.rings(topic);
    const grown = await readNew(reader, seen).catch(() => false);
    if (!grown) await bell.wait(topic, { since: heard, mostMs: 1_000 });
  }
}

async function readNew(reader: Tail, seen: Ends): Promise<boolean> {
  const ends = await endsOf(reader);
  const grown = [...ends]
    .map(([partition, end]) => ({ partition, offset: seen.get(partition) ?? 0, end }))
    .filter(({ offset, end }) => end > offset);
  if (grown.length === 0) return false;
  const batch = await withClient(reader.dataSource, (client) => readFrom(client, reader.topic, grown, most));
  for (const { partition, offset } of batch) seen.set(partition, offset + 1);
  // Where nothing came although there was room, retention has removed it.
  const came = new Set(batch.map(({ partition }) => partition));
  if (batch.length < most) for (const { partition, end } of grown) if (!came.has(partition)) seen.set(partition, end);
  if (batch.length > 0) reader.listener(batch);
  return true;
}

async function endsOf({ dataSource, topic }: Tail): Promise<Ends> {
  const rows = await dataSource.query<{ partition: number; next_offset: string }[]>(
    'select partition, next_offset from stream.topic_partition where topic = $1',
    [topic],
  );
  return new Map(rows.map((row) => [row.partition, Number(row.next_offset)]));
}
