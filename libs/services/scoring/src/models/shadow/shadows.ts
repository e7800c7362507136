import { notFound, Problem } from '@sestante/runtime';
import { transaction } from '@sestante/postgres';
import type { DataSource } from 'typeorm';
import { lockModel } from '../drafts.ts';

export type ShadowState = 'running' | 'paused' | 'done' | 'failed';

/** How far the history was read again under a model. */
export interface Shadow {
  readonly modelId: number;
  readonly state: ShadowState;
  /** All customers are read first, then those that have changed meanwhile. */
  readonly reads: 'all' | 'changed';
  /** The customers after this one, in the order of their ids, are still to be read. */
  readonly afterCustomer: string | null;
  /** The number of members at the start. */
  readonly total: number;
  /** The number of members that were read, and of their activities; those that changed meanwhile count again. */
  readonly members: number;
  readonly activities: number;
  /** Why it failed. */
  readonly fault: string | null;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
}

const columns = `model_id as "modelId", state, reads, after_customer as "afterCustomer", total, members, activities::float8 as activities, fault,
  started_at as "startedAt", finished_at as "finishedAt"`;

/** The share of the members that were read. It is 1 only when the shadow is done. */
export function progressOf({ state, total, members }: Shadow): number {
  return state === 'done' ? 1 : Math.min(0.99, members / Math.max(1, total));
}

export async function findShadow(dataSource: DataSource, modelId: number): Promise<Shadow | undefined> {
  const [row] = await dataSource.query<Shadow[]>(`select ${columns} from scoring.shadow where model_id = $1`, [
    modelId,
  ]);
  return row;
}

/** By the id of the model. */
export async function findShadows(dataSource: DataSource): Promise<Map<number, Shadow>> {
  const rows = await dataSource.query<Shadow[]>(`select ${columns} from scoring.shadow`);
  return new Map(rows.map((row) => [row.modelId, row]));
}

/** The shadow that runs for the longest time. */
export async function findRunning(dataSource: DataSource): Promise<Shadow | undefined> {
  const [row] = await dataSource.query<Shadow[]>(
    `select ${columns} from scoring.shadow where state = 'running' order by started_at limit 1`,
  );
  return row;
}

/** All customers were read: from now on, those that have changed are. */
export async function setReadsChanged(dataSource: DataSource, modelId: number): Promise<void> {
  await dataSource.query(
    `update scoring.shadow set reads = 'changed', after_customer = null where model_id = $1 and state = 'running'`,
    [modelId],
  );
}

export async function setDone(dataSource: DataSource, modelId: number, differences: object): Promise<void> {
  await dataSource.query(
    `update scoring.shadow set state = 'done', differences = $2, finished_at = now() where model_id = $1 and state = 'running'`,
    [modelId, JSON.stringify(differences)],
  );
}

export async function setFailed(dataSource: DataSource, modelId: number, fault: string): Promise<void> {
  await dataSource.query(
    `update scoring.shadow set state = 'failed', fault = $2 where model_id = $1 and state = 'running'`,
    [modelId, fault],
  );
}

/** The report of a shadow; undefined if it is not done. */
export async function findDifferences<T>(dataSource: DataSource, modelId: number): Promise<T | undefined> {
  const [row] = await dataSource.query<{ differences: T }[]>(
    `select differences from scoring.shadow where model_id = $1 and state = 'done'`,
    [modelId],
  );
  return row?.differences;
}

/** Pauses, or resumes, a shadow. One that has failed can be resumed, too. Throws 404, and 409 if it is done. */
export function setState(dataSource: DataSource, version: string, state: 'running' | 'paused'): Promise<void> {
  return transaction(dataSource, async (client) => {
    const { modelId } = await lockModel(client, version);
    const { rows } = await client.query<{ state: ShadowState }>(
      'select state from scoring.shadow where model_id = $1 for update',
      [modelId],
    );
    if (!rows[0]) throw notFound('shadow');
    if (rows[0].state === 'done') throw new Problem(409, 'shadow-done', 'The shadow is done: it has read everything.');
    await client.query('update scoring.shadow set state = $2, fault = null where model_id = $1', [modelId, state]);
  });
}
