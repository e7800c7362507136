import type { PoolClient } from 'pg';

/** How far a service has applied a partition of its input. */
export interface AppliedOffset {
  /** The offset after the last message with committed effects. */
  readonly next: number;
  /** Increases by one with every commit of effects of the partition. */
  readonly revision: number;
}

/** SQL for the migration of a service that uses `EffectsOnce`: the table of its applied offsets. */
export const appliedOffsetTable = (schema: string): string => `
  create table ${schema}.applied_offset (
    topic text not null,
    partition int not null,
    next_offset bigint not null default 0,
    revision bigint not null default 0,
    primary key (topic, partition)
  ) with (fillfactor = 50);`;

interface Input {
  readonly schema: string;
  readonly topic: string;
}

interface Row {
  readonly partition: number;
  readonly next_offset: string;
  readonly revision: string;
}

/** The applied offsets of the partitions, locked until the transaction ends. The lock order is by number, so that there is no deadlock. */
export async function lockAppliedOffsets(
  client: PoolClient,
  { schema, topic }: Input,
  partitions: readonly number[],
): Promise<Map<number, AppliedOffset>> {
  const lock = async () => {
    const { rows } = await client.query<Row>({
      name: `${schema}-lock-applied-offsets`,
      text: `select partition, next_offset, revision from ${schema}.applied_offset
              where topic = $1 and partition = any($2::int[]) order by partition for update`,
      values: [topic, partitions],
    });
    return rows;
  };
  let rows = await lock();
  if (rows.length < partitions.length) {
    await client.query(
      `insert into ${schema}.applied_offset (topic, partition)
       select $1, partition from unnest($2::int[]) as new (partition) order by partition on conflict do nothing`,
      [topic, partitions],
    );
    rows = await lock();
  }
  return new Map(
    rows.map(({ partition, next_offset, revision }) => [
      partition,
      { next: Number(next_offset), revision: Number(revision) },
    ]),
  );
}

/** Moves the applied offsets to the ends. An offset never moves back: messages before it may have taken effect. */
export async function moveAppliedOffsets(
  client: PoolClient,
  { schema, topic }: Input,
  ends: ReadonlyMap<number, number>,
): Promise<void> {
  await client.query({
    name: `${schema}-move-applied-offsets`,
    text: `update ${schema}.applied_offset a
              set next_offset = greatest(a.next_offset, m.next_offset), revision = a.revision + 1
             from unnest($2::int[], $3::bigint[]) as m (partition, next_offset)
            where a.topic = $1 and a.partition = m.partition`,
    values: [topic, [...ends.keys()], [...ends.values()]],
  });
}
