import type { PoolClient } from 'pg';
import { literalOf } from './with-values.ts';
import type { View } from './views.ts';

/** The role that may read the views, and nothing else. Give it to the user of a BI tool: `grant sestante_bi to metabase`. */
export const biRole = 'sestante_bi';

/** Creates the views, or replaces them. A view whose columns have changed is dropped first, with the views of others that read it. */
export async function createViews(client: PoolClient, views: readonly View[]): Promise<void> {
  await client.query('create schema if not exists bi');
  await client.query(`comment on schema bi is 'Views for people and BI tools. Read docs/sql.md.'`);
  for (const view of views) {
    const name = `bi.${view.name}`;
    const columns = Object.entries(view.columns);
    if (!(await hasColumns(client, view))) await client.query(`drop view if exists ${name} cascade`);
    const names = columns.map(([column]) => column).join(', ');
    await client.query(`create or replace view ${name} (${names}) as ${view.select}`);
    await client.query(`comment on view ${name} is ${literalOf(view.comment)}`);
    for (const [column, comment] of columns)
      await client.query(`comment on column ${name}.${column} is ${literalOf(comment)}`);
  }
}

/** Creates the role if there is none, and lets it read the views. Resolves to false if the user of the database may not create roles. */
export async function grantViews(client: PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ exists: boolean; may_create: boolean }>(
    `select exists(select from pg_roles where rolname = $1) as exists,
            (select rolcreaterole or rolsuper from pg_roles where rolname = current_user) as may_create`,
    [biRole],
  );
  const { exists, may_create: mayCreate } = rows[0]!;
  if (!exists && !mayCreate) return false;
  // Another database of the server may create it at the same time.
  if (!exists)
    await client.query(
      `do $$ begin create role ${biRole} nologin; exception when duplicate_object or unique_violation then null; end $$`,
    );
  await client.query(`grant usage on schema bi to ${biRole}`);
  await client.query(`grant select on all tables in schema bi to ${biRole}`);
  return true;
}

async function hasColumns(client: PoolClient, { name, columns }: View): Promise<boolean> {
  const { rows } = await client.query<{ attname: string }>(
    `select attname from pg_attribute where attrelid = to_regclass($1) and attnum > 0 order by attnum`,
    [`bi.${name}`],
  );
  return rows.map(({ attname }) => attname).join() === Object.keys(columns).join();
}
