import type { DataSource } from 'typeorm';

/** Creates the partitions of topics that do not exist yet. */
export async function createTopics(
  dataSource: DataSource,
  topics: readonly { name: string; partitions: number }[],
): Promise<void> {
  await dataSource.query(
    `insert into stream.topic_partition (topic, partition)
     select t.name, p
       from unnest($1::text[], $2::int[]) as t(name, partitions), generate_series(0, t.partitions - 1) as p
      where not exists (select from stream.topic_partition e where e.topic = t.name)
         on conflict do nothing`,
    [topics.map((topic) => topic.name), topics.map((topic) => topic.partitions)],
  );
}

/** Returns a function that resolves to the number of partitions of a topic. It is cached, because it never changes. Rejects for an unknown topic. */
export function partitionCounts(dataSource: DataSource): (topic: string) => Promise<number> {
  const counts = new Map<string, number>();
  return async (topic) => {
    const cached = counts.get(topic);
    if (cached !== undefined) return cached;
    const [row] = await dataSource.query<{ count: number }[]>(
      'select count(*)::int as count from stream.topic_partition where topic = $1',
      [topic],
    );
    if (!row?.count) throw new Error(`The topic ${topic} does not exist. Create it with prepare() first.`);
    counts.set(topic, row.count);
    return row.count;
  };
}
