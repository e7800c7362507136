import type { PoolClient } from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import { type Partition, type PartitionedTable, sqlNameOf } from './partition.ts';

/**
 * Runs in the transaction that drops the partition, while nobody can write to the partition. It may take minutes, but the connection must not be
 * idle for 30 s. It must not lock rows that a writer of the table locks after its insert: both would wait for each other, and the partition would
 * stay. The partition also stays if it rejects.
 */
export type BeforeDrop = (client: PoolClient, partition: Partition) => Promise<unknown>;

const tries = 5;
const pauseMs = 1_000;
const lockNotAvailable = '55P03';

/** Drops the partition in the transaction of the client, after `beforeDrop`. Rejects if it cannot lock the partition or its table in time. */
export async function dropPartition(
  client: PoolClient,
  { schema, table }: PartitionedTable,
  { partition, beforeDrop }: { partition: Partition; beforeDrop: BeforeDrop | undefined },
): Promise<void> {
  // Only writers of the expired month queue behind this lock. The server needs a second to interrupt a vacuum for it.
  await client.query(`set local lock_timeout = '3s'`);
  await client.query(`lock table ${partition.table} in share row exclusive mode`);
  await client.query('set local lock_timeout to default');
  await beforeDrop?.(client, partition);
  await lockTable(client, sqlNameOf(schema, table));
  // Detaches it as well.
  await client.query(`drop table ${partition.table}`);
}

/**
 * Everybody who uses any partition queues behind this lock while it waits. So it waits only briefly, several times, instead of losing the work of
 * `beforeDrop`.
 */
async function lockTable(client: PoolClient, parent: string): Promise<void> {
  for (let left = tries - 1; ; left--) {
    await client.query('savepoint unlocked');
    await client.query(`set local lock_timeout = '500ms'`);
    try {
      await client.query(`lock table only ${parent} in access exclusive mode`);
      return;
    } catch (error) {
      if (left === 0 || (error as { code?: string }).code !== lockNotAvailable) throw error;
    }
    await client.query('rollback to savepoint unlocked');
    await pause(pauseMs);
  }
}
