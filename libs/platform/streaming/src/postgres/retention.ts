import type { DataSource } from 'typeorm';

export interface Retention {
  /** Messages are retained for at least this time. */
  readonly hours: number;
  /** Whether older messages that a group has not read are kept until every group has read them, or dropped. */
  readonly unread: 'keep' | 'drop';
}

/** How long the stream in Postgres keeps messages, unless it is told otherwise. */
export const usualRetention: Retention = { hours: 168, unread: 'keep' };

/** Removes old record batches and returns their number. In topics without a group, only the age counts. */
export async function removeOld(dataSource: DataSource, { hours, unread }: Retention): Promise<number> {
  const rows = await dataSource.query<{ count: number }[]>(
    `with slowest as (
       select topic, partition, min(committed) as committed from stream.group_position group by topic, partition
     ), gone as (
       delete from stream.record_batch b
        where b.published_at < now() - make_interval(secs => $1::float8 * 3600)
          and ($2 or not exists (select from slowest s
                where s.topic = b.topic and s.partition = b.partition and s.committed < b.first_offset + b.count))
       returning 1
     ) select count(*)::int as count from gone`,
    [hours, unread === 'drop'],
  );
  return rows[0]!.count;
}
