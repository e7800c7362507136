import type { ClientBase } from 'pg';
import { partitionOf } from '../partitioner.ts';
import type { Message } from '../stream.ts';
import type { AppendedBatch } from './hand-over.ts';
import { BatchWriter, largestBatch } from './record-batch.ts';

/**
 * Appends the messages, at most `largestBatch` of a partition in one statement. Each statement locks its partitions in order, so that publishers do
 * not deadlock, and offsets are gap-free and in the order of the commits. Resolves to the record batches.
 */
export async function append(
  client: ClientBase,
  topic: string,
  messages: readonly Message[],
  partitions: number,
): Promise<AppendedBatch[]> {
  const appended: AppendedBatch[] = [];
  const queues = new Map<number, Message[]>();
  for (const message of messages) {
    const partition = partitionOf(message.key, partitions);
    const queue = queues.get(partition);
    if (queue) queue.push(message);
    else queues.set(partition, [message]);
  }
  for (let from = 0; queues.size > 0; from += largestBatch) {
    appended.push(...(await appendBatches(client, topic, takeFrom(queues, from))));
  }
  return appended;
}

function takeFrom(queues: Map<number, Message[]>, from: number): Map<number, Message[]> {
  const taken = new Map<number, Message[]>();
  for (const [partition, queue] of queues) {
    taken.set(partition, queue.slice(from, from + largestBatch));
    if (queue.length <= from + largestBatch) queues.delete(partition);
  }
  return taken;
}

const statement = {
  name: 'stream-append',
  text: `
    with input as (
      select * from unnest($2::int[], $3::int[], $4::int[], $5::int[]) as input (partition, count, start, size)
    ),
    locked as materialized (
      select partition from stream.topic_partition
       where topic = $1 and partition = any($2::int[]) order by partition for update
    ),
    moved as (
      update stream.topic_partition p set next_offset = p.next_offset + i.count
        from input i, locked l
       where p.topic = $1 and p.partition = i.partition and l.partition = i.partition
      returning p.partition, p.next_offset - i.count as first_offset
    )
    insert into stream.record_batch (topic, partition, first_offset, count, records)
    select $1, m.partition, m.first_offset, i.count, substring($6::bytea from i.start for i.size)
      from moved m join input i using (partition)
    returning partition, first_offset`,
};

/** The writers that are not in use. */
const writers: BatchWriter[] = [];

async function appendBatches(
  client: ClientBase,
  topic: string,
  batches: ReadonlyMap<number, readonly Message[]>,
): Promise<AppendedBatch[]> {
  const writer = writers.pop() ?? new BatchWriter();
  try {
    const counts = [...batches.values()].map(({ length }) => length);
    const sizes = [...batches.values()].map((messages) => writer.write(messages));
    const values = [topic, [...batches.keys()], counts, startsOf(sizes), sizes, writer.written()];
    const { rows } = await client.query<{ partition: number; first_offset: string }>({ ...statement, values });
    if (rows.length !== batches.size)
      throw new Error(`The topic ${topic} has lost partitions. Create it again with prepare().`);
    return rows.map(({ partition, first_offset }) => ({
      partition,
      firstOffset: Number(first_offset),
      messages: batches.get(partition)!,
    }));
  } finally {
    writer.clear();
    writers.push(writer);
  }
}

/** The start of each batch in the concatenated bytes, counted from 1 as in SQL. */
function startsOf(sizes: readonly number[]): number[] {
  let next = 1;
  return sizes.map((size) => (next += size) - size);
}
