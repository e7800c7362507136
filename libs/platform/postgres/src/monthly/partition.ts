import { escapeIdentifier, type PoolClient } from 'pg';
import { endOf, type Month, startOf } from './month.ts';

/** A table that its migration created with `partition by range` over a `timestamptz`. */
export interface PartitionedTable {
  readonly schema: string;
  readonly table: string;
}

export interface Partition {
  /** Such as `activity_y2026m11`. */
  readonly name: string;
  /** The name for SQL: with the schema, and in quotes. */
  readonly table: string;
  /** The first millisecond; `-Infinity` for `minvalue`. */
  readonly startsAt: number;
  /** The first millisecond after it; `Infinity` for `maxvalue`. */
  readonly endsAt: number;
  /** Since when it is marked as expired, by the clock of the database. */
  readonly expiredSince: number | undefined;
}

export const sqlNameOf = (schema: string, table: string) => `${escapeIdentifier(schema)}.${escapeIdentifier(table)}`;

export const partitionNameOf = ({ table }: PartitionedTable, month: Month) =>
  `${table}_y${month.slice(0, 4)}m${month.slice(5)}`;

/** The partitions in the order of their time. A default partition has no time and is left out. */
export async function findPartitions(client: PoolClient, { schema, table }: PartitionedTable): Promise<Partition[]> {
  const { rows } = await client.query<Row>(
    `select c.relname as name, obj_description(c.oid, 'pg_class') as comment,
            (extract(epoch from substring(bounds from $$FROM \\('([^']+)'\\)$$)::timestamptz) * 1000)::float8 as "startsAt",
            (extract(epoch from substring(bounds from $$TO \\('([^']+)'\\)$$)::timestamptz) * 1000)::float8 as "endsAt"
     from pg_inherits i
     join pg_class c on c.oid = i.inhrelid
     cross join pg_get_expr(c.relpartbound, c.oid) as bounds
     where i.inhparent = $1::regclass and bounds <> 'DEFAULT'
     order by "startsAt" nulls first`,
    [sqlNameOf(schema, table)],
  );
  return rows.map(({ name, startsAt, endsAt, comment }) => ({
    name,
    table: sqlNameOf(schema, name),
    startsAt: startsAt ?? -Infinity,
    endsAt: endsAt ?? Infinity,
    expiredSince: markIn(comment),
  }));
}

interface Row {
  readonly name: string;
  readonly startsAt: number | null;
  readonly endsAt: number | null;
  readonly comment: string | null;
}

export const hasMonth = (partitions: readonly Partition[], month: Month) =>
  partitions.some(({ startsAt, endsAt }) => startsAt <= startOf(month) && endOf(month) <= endsAt);

const mark = 'expired since ';

/** The comment that marks a partition as expired. */
export const markOf = (ms: number) => mark + new Date(ms).toISOString();

function markIn(comment: string | null): number | undefined {
  const at = comment?.startsWith(mark) ? Date.parse(comment.slice(mark.length)) : NaN;
  return Number.isNaN(at) ? undefined : at;
}
