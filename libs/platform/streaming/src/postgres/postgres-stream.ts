import type { ClientBase } from 'pg';
import type { DataSource } from 'typeorm';
import { reasonOf, withClient } from '@sestante/postgres';
import { assertPublishable } from '../publishable.ts';
import type { Message, Position, Publication, Stream, Subscription } from '../stream.ts';
import { type Consumer, consume } from './consume.ts';
import { type AppendedBatch, HandOver } from './hand-over.ts';
import { append } from './publish.ts';
import { type Retention, removeOld, usualRetention } from './retention.ts';
import { tail } from './tail.ts';
import { within } from '../waiting.ts';
import { createTopics, partitionCounts } from './topics.ts';
import { wakeUpSignal } from './wake-up-signal.ts';

export interface PostgresStreamOptions {
  /** Connected, with the migrations of `./migrations.ts` run. Each subscription uses one of its connections during a turn. */
  readonly dataSource: DataSource;
  readonly retention?: Retention;
  readonly log?: (line: string) => void;
  /** How long `close` waits for running handlers. */
  readonly closeTimeoutMs?: number;
}

const hourMs = 3_600_000;

/** The stream in tables of the schema `stream`: durable, for several processes, with Postgres as the only server. */
export function postgresStream(options: PostgresStreamOptions): Stream {
  const { dataSource, retention = usualRetention, log = () => undefined, closeTimeoutMs = 4_000 } = options;
  const closing = new AbortController();
  const wakeUp = wakeUpSignal(dataSource);
  const handOver = new HandOver();
  const countOf = partitionCounts(dataSource);
  const loops: Promise<void>[] = [];
  const clean = () => void removeOld(dataSource, retention).catch(() => undefined);
  const cleaning = setInterval(clean, hourMs);
  cleaning.unref();

  const publish = async (topic: string, messages: readonly Message[]) => {
    if (messages.length === 0) return;
    assertPublishable(topic, messages);
    const partitions = await countOf(topic);
    handOver.hold(topic, await withClient(dataSource, (client) => append(client, topic, messages, partitions)));
    wakeUp.notify(topic);
  };

  const publishWith = async (client: ClientBase, publications: readonly Publication[]) => {
    const nonEmpty = publications.filter(({ messages }) => messages.length > 0);
    for (const { topic, messages } of nonEmpty) assertPublishable(topic, messages);
    const appended: [topic: string, batches: readonly AppendedBatch[]][] = [];
    // In a fixed order, so that transactions do not deadlock.
    for (const { topic, messages } of nonEmpty.toSorted(byTopic))
      appended.push([topic, await append(client, topic, messages, await countOf(topic))]);
    return () => {
      for (const [topic, batches] of appended) {
        handOver.hold(topic, batches);
        wakeUp.notify(topic);
      }
    };
  };

  const subscribe = async (subscription: Subscription) => {
    const { topic, group } = subscription;
    await joinGroup(dataSource, topic, group);
    handOver.addReader(topic, group);
    const consumer: Consumer = {
      subscription,
      dataSource,
      wakeUp,
      handOver,
      closing: closing.signal,
      onError: (reason) => log(`${group} pauses ${topic} and will retry: ${reason}`),
    };
    loops.push(consume(consumer));
  };

  return {
    async prepare(topics) {
      await createTopics(dataSource, topics);
      clean();
    },
    publish,
    atomic: { publishWith },
    subscribe,
    tail: (topic, listener) => tail({ topic, listener, dataSource, wakeUp, handOver, closing: closing.signal }),
    positions: (topic) => positionsOf(dataSource, topic),
    check: () =>
      dataSource.query('select 1').then(
        () => undefined,
        (error: unknown) => Promise.reject(new Error(reasonOf(error), { cause: error })),
      ),
    async close() {
      closing.abort();
      clearInterval(cleaning);
      await wakeUp.close();
      await within(closeTimeoutMs, Promise.all(loops));
    },
  };
}

const byTopic = (one: Publication, other: Publication) => (one.topic < other.topic ? -1 : 1);

async function joinGroup(dataSource: DataSource, topic: string, group: string): Promise<void> {
  const rows = await dataSource.query<unknown[]>(
    `with joined as (
       insert into stream.group_position (group_name, topic, partition)
       select $1, topic, partition from stream.topic_partition where topic = $2 on conflict do nothing
     ) select from stream.topic_partition where topic = $2 limit 1`,
    [group, topic],
  );
  if (rows.length === 0) throw new Error(`The topic ${topic} does not exist. Create it with prepare() first.`);
}

async function positionsOf(dataSource: DataSource, topic: string): Promise<Position[]> {
  const rows = await dataSource.query<
    { partition: number; group_name: string | null; next_offset: string; committed: string | null }[]
  >(
    `select p.partition, g.group_name, p.next_offset, g.committed
       from stream.topic_partition p left join stream.group_position g using (topic, partition)
      where p.topic = $1 order by g.group_name, p.partition`,
    [topic],
  );
  return rows.map((row) => {
    const end = Number(row.next_offset);
    return {
      topic,
      partition: row.partition,
      group: row.group_name ?? '',
      end,
      committed: row.committed === null ? end : Number(row.committed),
    };
  });
}
