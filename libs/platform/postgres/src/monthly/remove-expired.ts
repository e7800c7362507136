import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { transaction } from '../transaction.ts';
import { type BeforeDrop, dropPartition } from './drop-partition.ts';
import { addMonths } from './month.ts';
import { findPartitions, markOf, type Partition, type PartitionedTable } from './partition.ts';

export interface RemovalOptions {
  /** A month is expired when it ended more than this number of months ago. */
  readonly keepMonths: number;
  /** Milliseconds since 1970; by default the clock of this process. */
  readonly now?: number;
  readonly beforeDrop?: BeforeDrop;
}

/** Names of partitions. */
export interface Removal {
  /** Newly marked as expired: they will be dropped in 24 hours. */
  readonly marked: string[];
  /** No longer expired: a clock was wrong. */
  readonly unmarked: string[];
  readonly dropped: string[];
  /** Not dropped because of an error; the next run tries again. */
  readonly failed: { readonly partition: string; readonly error: unknown }[];
}

/** How long a partition is marked before it is dropped. */
const markedMs = 24 * 3_600_000;

/**
 * Marks the partitions that are expired, and drops those that have been marked for 24 hours and still are. A month is expired only if it is so by
 * the clock of this process and by that of the database: one wrong clock removes nothing. The work of one process at a time.
 */
export async function removeExpired(
  dataSource: DataSource,
  of: PartitionedTable,
  options: RemovalOptions,
): Promise<Removal> {
  const removal: Removal = { marked: [], unmarked: [], dropped: [], failed: [] };
  const due = await transaction(dataSource, async (client) => {
    await client.query(`set local lock_timeout = '2s'`);
    return (await lockRemoval(client, of)) ? updateMarks(client, of, { options, removal }) : [];
  });
  for (const partition of due) {
    try {
      if (await removeOne(dataSource, of, { name: partition, options })) removal.dropped.push(partition);
    } catch (error) {
      removal.failed.push({ partition, error });
    }
  }
  return removal;
}

/** Marks and unmarks. Resolves to the names of the partitions to drop. */
async function updateMarks(
  client: PoolClient,
  of: PartitionedTable,
  { options, removal }: { options: RemovalOptions; removal: Removal },
): Promise<string[]> {
  const clock = await clockOf(client);
  const due: string[] = [];
  for (const partition of await findPartitions(client, of)) {
    const { name, table, expiredSince } = partition;
    const state = stateOf(partition, clock, options);
    if (state === 'due') due.push(name);
    if (state === 'unmarked') {
      await client.query(`comment on table ${table} is '${markOf(clock)}'`);
      removal.marked.push(name);
    }
    if (state === 'kept' && expiredSince !== undefined) {
      await client.query(`comment on table ${table} is null`);
      removal.unmarked.push(name);
    }
  }
  return due;
}

/** False if the partition need not be dropped any more, or if another process is at it. */
function removeOne(
  dataSource: DataSource,
  of: PartitionedTable,
  { name, options }: { name: string; options: RemovalOptions },
): Promise<boolean> {
  return transaction(dataSource, async (client) => {
    if (!(await lockRemoval(client, of))) return false;
    const clock = await clockOf(client);
    const partition = (await findPartitions(client, of)).find((found) => found.name === name);
    if (!partition || stateOf(partition, clock, options) !== 'due') return false;
    await dropPartition(client, of, { partition, beforeDrop: options.beforeDrop });
    return true;
  });
}

function stateOf(
  { endsAt, expiredSince }: Partition,
  clock: number,
  { keepMonths, now = Date.now() }: RemovalOptions,
): 'kept' | 'unmarked' | 'waiting' | 'due' {
  const isExpired = Number.isFinite(endsAt) && addMonths(endsAt, keepMonths) < Math.min(now, clock);
  if (!isExpired) return 'kept';
  // A mark in the future is of a clock that was wrong. It would keep the partition until then.
  if (expiredSince === undefined || expiredSince > clock) return 'unmarked';
  return clock - expiredSince >= markedMs ? 'due' : 'waiting';
}

async function clockOf(client: PoolClient): Promise<number> {
  const { rows } = await client.query<{ ms: number }>('select (extract(epoch from now()) * 1000)::float8 as ms');
  return rows[0]!.ms;
}

/** False if another process removes partitions of the table. */
async function lockRemoval(client: PoolClient, { schema, table }: PartitionedTable): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(
    'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as locked',
    [`sestante.${schema}.${table}.remove`],
  );
  return rows[0]!.locked;
}
