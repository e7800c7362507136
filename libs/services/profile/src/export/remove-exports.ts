import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';

type Database = Pick<PoolClient, 'query'> | DataSource;

/** Removes exports with their parts and answers. Resolves to their number. `condition` is SQL about a row of `profile.export`. */
export async function removeExports(database: Database, condition: string, values: unknown[]): Promise<number> {
  const result = (await (database as DataSource).query(
    `with removed as (delete from profile.export where ${condition} returning export_id),
          parts as (delete from profile.export_part where export_id in (select export_id from removed)),
          answers as (delete from profile.export_answer where export_id in (select export_id from removed))
     select count(*)::int as count from removed`,
    values,
  )) as { rows: { count: number }[] } | { count: number }[];
  const [row] = Array.isArray(result) ? result : result.rows;
  return row!.count;
}

/** Removes every export that has something of these members, for their erasure. Parts that arrive later are ignored. Resolves to their number. */
export function removeExportsOf(database: Database, memberIds: readonly string[]): Promise<number> {
  return removeExports(database, 'members && $1::uuid[]', [memberIds]);
}
