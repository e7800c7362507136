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

/** Notes the ends of the partitions, then goes on reading from there in the background. */
export async function tail(reader: Tail): Promise<void> {
  const seen = await endsOf(reader);
  void follow(reader, seen);
}

async function follow(reader: Tail, seen: Ends): Promise<void> {
  const { topic, bell, closing } = reader;
  while (!closing.aborted) {
    const grown = await readNew(reader, seen).catch(() => false);
    if (!grown) await bell.wait(topic, 1_000);
  }
}

async function readNew(reader: Tail, seen: Ends): Promise<boolean> {
  let grown = false;
  for (const [partition, end] of await endsOf(reader)) {
    const offset = seen.get(partition) ?? 0;
    if (end <= offset) continue;
    const batch = await withClient(reader.dataSource, (client) =>
      readFrom(client, { topic: reader.topic, partition, offset }, 500),
    );
    seen.set(partition, batch.length > 0 ? batch.at(-1)!.offset + 1 : end);
    if (batch.length > 0) reader.listener(batch);
    grown = true;
  }
  return grown;
}

async function endsOf({ dataSource, topic }: Tail): Promise<Ends> {
  const rows = await dataSource.query<{ partition: number; next_offset: string }[]>(
    'select partition, next_offset from stream.topic_partition where topic = $1',
    [topic],
  );
  return new Map(rows.map((row) => [row.partition, Number(row.next_offset)]));
}
