import type { ClientBase } from 'pg';
import { partitionOf } from '../partitioner.ts';
import type { Message } from '../stream.ts';
import { encodeBatch, largestBatch } from './record-batch.ts';

/**
 * Appends the messages, at most `largestBatch` of a partition in one statement. Each statement locks its partitions in order, so that
 * publishers never wait for each other in a circle, and offsets are gap-free and in the order of the commits.
 */
export async function append(
  client: ClientBase,
  topic: string,
  messages: readonly Message[],
  partitions: number,
): Promise<void> {
  const queues = new Map<number, Message[]>();
  for (const message of messages) {
    const partition = partitionOf(message.key, partitions);
    const queue = queues.get(partition);
    if (queue) queue.push(message);
    else queues.set(partition, [message]);
  }
  for (let from = 0; queues.size > 0; from += largestBatch) {
    await appendBatches(client, topic, takeFrom(queues, from));
  }
}

function takeFrom(queues: Map<number, Message[]>, from: number): Map<number, Message[]> {
  const taken = new Map<number, Message[]>();
  for (const [partition, queue] of queues) {
    taken.set(partition, queue.slice(from, from + largestBatch));
    if (queue.length <= from + largestBatch) queues.delete(partition);
  }
  return taken;
}

async function appendBatches(
  client: ClientBase,
  topic: string,
  batches: ReadonlyMap<number, readonly Message[]>,
): Promise<void> {
  const values: unknown[] = [topic];
  const rows = [...batches].map(([partition, messages]) => {
    values.push(partition, messages.length, encodeBatch(messages));
    return `($${values.length - 2}::int, $${values.length - 1}::int, $${values.length}::bytea)`;
  });
  const { rowCount } = await client.query({
    name: `stream-append-${rows.length}`,
    text: `
      with input (partition, count, records) as (values ${rows.join(', ')}),
      locked as materialized (
        select partition from stream.topic_partition
         where topic = $1 and partition in (select partition from input) order by partition for update
      ),
      moved as (
        update stream.topic_partition p set next_offset = p.next_offset + i.count
          from input i, locked l
         where p.topic = $1 and p.partition = i.partition and l.partition = i.partition
        returning p.partition, p.next_offset - i.count as first_offset
      )
      insert into stream.record_batch (topic, partition, first_offset, count, records)
      select $1, m.partition, m.first_offset, i.count, i.records from moved m join input i using (partition)`,
    values,
  });
  if (rowCount !== rows.length) throw new Error(`The topic ${topic} has lost partitions: prepare it again.`);
}
