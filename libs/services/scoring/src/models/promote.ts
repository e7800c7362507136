import { Problem } from '@sestante/runtime';
import { transaction } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import type { LiveModel, LoadedModel } from '../live-model.ts';
import { tellProcesses } from '../store/tell-processes.ts';
import { fillScoreRows } from '../read-model/fill-score-rows.ts';
import { refreshScoreRows } from '../read-model/refresh-score-rows.ts';
import { catchUp, NotRunning, readLast } from './shadow/read-history.ts';

interface Models {
  readonly live: LoadedModel;
  readonly shadowed: LoadedModel;
}

/**
 * Makes a model live whose shadow is done, in one transaction. What has changed since is read first, while activities are scored, and the rows for readers of all customers are written. Then no batch is scored until the commit:
 * the last members are read, and every process is told. The former model is retired with its states: a shadow of it reads only what changes from now on.
 *
 * Throws 404; and 409 if the model is live, if its shadow is not done, or if another model was promoted meanwhile.
 */
export async function promote(dataSource: DataSource, liveModel: LiveModel, shadowed: LoadedModel): Promise<void> {
  const models = { live: await liveModel.read(), shadowed };
  if (shadowed.status === 'live') throw alreadyLive(shadowed);
  await transaction(dataSource, (client) => assertReady(client, models));
  const { signal } = new AbortController();
  await catchUp({ ...models, dataSource, state: 'done', signal }).catch((error: unknown) => {
    throw error instanceof NotRunning ? notReady(shadowed) : error;
  });
  await fillScoreRows(dataSource, shadowed, signal);
  await transaction(dataSource, (client) => promoteIn(client, models));
}

async function promoteIn(client: PoolClient, { live, shadowed }: Models): Promise<void> {
  const { rows } = await client.query<{ modelId: number; status: string }>(
    `select model_id as "modelId", status from scoring.model where status = 'live' or model_id = $1 order by model_id for update`,
    [shadowed.modelId],
  );
  if (rows.some(({ modelId, status }) => modelId === shadowed.modelId && status === 'live'))
    throw alreadyLive(shadowed);
  if (!rows.some(({ modelId, status }) => modelId === live.modelId && status === 'live')) throw promotedMeanwhile();
  await assertReady(client, { live, shadowed });
  await tellProcesses(client);
  const changed = await readLast(client, { live, shadowed });
  await refreshScoreRows(client, shadowed, { acted: new Map(), regrouped: changed });
  await client.query(`update scoring.model set status = 'retired' where model_id = $1`, [live.modelId]);
  await client.query(`update scoring.model set status = 'live', live_since = now() where model_id = $1`, [
    shadowed.modelId,
  ]);
  await client.query('delete from scoring.shadow where model_id = $1', [shadowed.modelId]);
}

/** Locks the shadow until the end of the transaction. */
async function assertReady(client: PoolClient, { live, shadowed }: Models): Promise<void> {
  const { rows } = await client.query<{ state: string; comparedWith: string | null }>(
    `select state, differences->>'before' as "comparedWith" from scoring.shadow where model_id = $1 for update`,
    [shadowed.modelId],
  );
  if (rows[0]?.state !== 'done') throw notReady(shadowed);
  if (rows[0].comparedWith !== live.model.version) throw promotedMeanwhile();
}

const notReady = ({ model }: LoadedModel) =>
  new Problem(
    409,
    'not-ready',
    `The model ${model.version} cannot be promoted before its shadow is done. Start one, wait for it, and read its differences.`,
  );
const alreadyLive = ({ model }: LoadedModel) =>
  new Problem(409, 'already-live', `The model ${model.version} is live already.`);
const promotedMeanwhile = () =>
  new Problem(
    409,
    'promoted-meanwhile',
    'Another model was promoted meanwhile. The differences that you have seen are not those to the live model: start the shadow again.',
  );
