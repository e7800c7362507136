import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { transaction } from '../transaction.ts';
import { endOf, type Month, startOf } from './month.ts';
import { findPartitions, hasMonth, type PartitionedTable, partitionNameOf, sqlNameOf } from './partition.ts';

/** Creates the partitions of these months that are missing: all of them or, after a failure, none. Several processes may do it at once. */
export async function createPartitions(
  dataSource: DataSource,
  of: PartitionedTable,
  months: Iterable<Month>,
): Promise<void> {
  await transaction(dataSource, async (client) => {
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `sestante.${of.schema}.${of.table}.create`,
    ]);
    const existing = await findPartitions(client, of);
    for (const month of months) if (!hasMonth(existing, month)) await create(client, of, month);
  });
}

/**
 * Attaching locks out neither readers nor writers of the other partitions; `create table … partition of` would. The table may already exist: a
 * partition that somebody has detached comes back.
 */
async function create(client: PoolClient, of: PartitionedTable, month: Month): Promise<void> {
  const parent = sqlNameOf(of.schema, of.table);
  const partition = sqlNameOf(of.schema, partitionNameOf(of, month));
  const [from, to] = [startOf(month), endOf(month)].map((ms) => `to_timestamp(${ms / 1000})`);
  await client.query(
    `create table if not exists ${partition}
       (like ${parent} including defaults including constraints including generated including storage including compression)`,
  );
  await client.query(`alter table ${parent} attach partition ${partition} for values from (${from}) to (${to})`);
}
