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

/**
 * Moves the applied offsets to the ends, which locks them until the transaction ends, in order, so that there is no deadlock. Resolves to what they were. An
 * offset never moves back: messages before it may have taken effect.
 */
export async function moveAppliedOffsets(
  client: PoolClient,
  input: Input,
  ends: ReadonlyMap<number, number>,
): Promise<Map<number, AppliedOffset>> {
  const former = await moveStored(client, input, ends);
  const missing = new Map([...ends].filter(([partition]) => !former.has(partition)));
  if (missing.size === 0) return former;
  await client.query(
    `insert into ${input.schema}.applied_offset (topic, partition)
     select $1, partition from unnest($2::int[]) as new (partition) order by partition on conflict do nothing`,
    [input.topic, [...missing.keys()]],
  );
  return new Map([...former, ...(await moveStored(client, input, missing))]);
}

async function moveStored(
  client: PoolClient,
  { schema, topic }: Input,
  ends: ReadonlyMap<number, number>,
): Promise<Map<number, AppliedOffset>> {
  const { rows } = await client.query<Row>({
    name: `${schema}-move-applied-offsets`,
    text: `
      with former as materialized (
        select partition, next_offset, revision from ${schema}.applied_offset
         where topic = $1 and partition = any($2::int[]) order by partition for update
      )
      update ${schema}.applied_offset a
         set next_offset = greatest(f.next_offset, m.next_offset), revision = f.revision + 1
        from former f join unnest($2::int[], $3::bigint[]) as m (partition, next_offset) using (partition)
       where a.topic = $1 and a.partition = f.partition
      returning f.partition, f.next_offset, f.revision`,
    values: [topic, [...ends.keys()], [...ends.values()]],
  });
  return new Map(
    rows.map(({ partition, next_offset, revision }) => [
      partition,
      { next: Number(next_offset), revision: Number(revision) },
    ]),
  );
}
