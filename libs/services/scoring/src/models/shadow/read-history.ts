import { setTimeout as sleep } from 'node:timers/promises';
import { transaction } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import type { LoadedModel } from '../../live-model.ts';
import { changedCustomers, formerCustomers, membersAfter, membersOf, type ModelIds } from './members.ts';
import { type ReadAgain, readAgain } from './read-again.ts';

/** What a shadow works with. */
export interface Reading {
  readonly dataSource: DataSource;
  readonly live: LoadedModel;
  readonly shadowed: LoadedModel;
  /** The state that the shadow must have. */
  readonly state: 'running' | 'done';
  /** Aborted when the process stops. */
  readonly signal: AbortSignal;
}

/** The shadow was paused or discarded meanwhile. */
export class NotRunning extends Error {}

/** How many activities a slice should have: their work takes some milliseconds, in which no request is answered. */
const activitiesPerSlice = 1_000;
const mostMembers = 500;
/** After a slice, the live path has the thread and the database for this share of the time that the slice took. */
const rest = 0.2;

/** Reads all customers after the cursor of the shadow, slice by slice. A slice and the cursor after it are one transaction, so that a crash loses at most a slice. */
export async function readAll(reading: Reading): Promise<void> {
  let members = 50;
  for (;;) {
    const read = await slice(reading, async (client, cursor) => {
      const found = await membersAfter(client, reading.live.modelId, cursor, members);
      const amount = await readAgain(client, reading.shadowed, found);
      return { ...amount, after: found.at(-1)?.customerId ?? null };
    });
    if (read.members === 0) return;
    const perMember = Math.max(1, read.activities / read.members);
    members = Math.max(2, Math.min(mostMembers, Math.round(activitiesPerSlice / perMember)));
  }
}

/** How many customers that have changed are looked for at once. */
const mostChanged = 20_000;
const customersPerSlice = 50;
/** How many changed customers a promotion may read while no activity is scored. */
const fewCustomers = 200;
const mostPasses = 20;

/** Reads the customers that have changed since they were read, until few are left: those that change while a pass runs. */
export async function catchUp(reading: Reading): Promise<void> {
  let left = Number.POSITIVE_INFINITY;
  for (let pass = 1; pass <= mostPasses; pass += 1) {
    const changed = await transaction(reading.dataSource, (client) => findChanged(client, idsOf(reading)));
    for (let start = 0; start < changed.length; start += customersPerSlice) {
      const customerIds = changed.slice(start, start + customersPerSlice);
      await slice(reading, (client) => readCustomers(client, reading, customerIds));
    }
    const isSettled = changed.length <= fewCustomers || (changed.length < mostChanged && changed.length > left / 2);
    if (isSettled) return;
    left = changed.length;
  }
}

/**
 * Reads all customers that have changed, in the transaction of a promotion: no activity is scored meanwhile. Resolves to the ids of these customers, and of those to whom
 * their members belonged before.
 */
export async function readLast(client: PoolClient, models: Pick<Reading, 'live' | 'shadowed'>): Promise<Set<string>> {
  const all = new Set<string>();
  for (;;) {
    const changed = await findChanged(client, idsOf(models));
    if (changed.length === 0) return all;
    for (const customerId of changed) all.add(customerId);
    for (const customerId of await formerCustomers(client, idsOf(models), changed)) all.add(customerId);
    for (let start = 0; start < changed.length; start += customersPerSlice)
      await readCustomers(client, models, changed.slice(start, start + customersPerSlice));
  }
}

const idsOf = ({ live, shadowed }: Pick<Reading, 'live' | 'shadowed'>): ModelIds => ({
  liveId: live.modelId,
  modelId: shadowed.modelId,
});

/** All members are compared, so plans that read whole tables are allowed. */
async function findChanged(client: PoolClient, ids: ModelIds): Promise<string[]> {
  await client.query('set local enable_seqscan = on');
  const changed = await changedCustomers(client, ids, mostChanged);
  await client.query('set local enable_seqscan = off');
  return changed;
}

async function readCustomers(
  client: PoolClient,
  { live, shadowed }: Pick<Reading, 'live' | 'shadowed'>,
  customerIds: readonly string[],
): Promise<ReadAgain> {
  return readAgain(client, shadowed, await membersOf(client, live.modelId, customerIds));
}

type Read = ReadAgain & { readonly after?: string | null };

/** Runs a slice in a transaction that holds the shadow, and notes how far it came. Throws `NotRunning` if the shadow is paused or gone. */
async function slice(
  { dataSource, shadowed, state, signal }: Reading,
  work: (client: PoolClient, cursor: string | null) => Promise<Read>,
): Promise<Read> {
  signal.throwIfAborted();
  const start = performance.now();
  const read = await transaction(dataSource, async (client) => {
    // A crash of the server may lose the last slices, with the cursor after them.
    await client.query('set local synchronous_commit = off');
    const { rows } = await client.query<{ cursor: string | null }>(
      `select after_customer as cursor from scoring.shadow where model_id = $1 and state = $2 for update`,
      [shadowed.modelId, state],
    );
    if (!rows[0]) throw new NotRunning();
    const done = await work(client, rows[0].cursor);
    await client.query(
      `update scoring.shadow set after_customer = coalesce($2, after_customer), members = members + $3, activities = activities + $4
        where model_id = $1`,
      [shadowed.modelId, done.after ?? null, done.members, done.activities],
    );
    return done;
  });
  await sleep(Math.ceil((performance.now() - start) * rest), undefined, { signal });
  return read;
}
