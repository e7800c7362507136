import { Problem } from '@sestante/runtime';
import { transaction } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { removeScoreRows } from '../read-model/landmark.ts';
import { lockModel } from './drafts.ts';

/** Removes a draft with its shadow, which stops. Throws 404, and 409 for a model that is or was live: scores name it. */
export function discardModel(dataSource: DataSource, version: string): Promise<void> {
  return transaction(dataSource, async (client) => {
    const { modelId, status } = await lockModel(client, version);
    if (status === 'live' || status === 'retired')
      throw new Problem(
        409,
        'not-discardable',
        `The model ${version} is ${status}: scores were published under it, so it is kept.`,
      );
    await removeStates(client, modelId);
    await client.query('delete from scoring.model_revision where model_id = $1', [modelId]);
    await client.query('delete from scoring.model where model_id = $1', [modelId]);
  });
}

/** Stops the shadow of a model, and removes it with its states. The model is a draft again. Throws 404, and 409 for a model that is or was live. */
export function discardShadow(dataSource: DataSource, version: string): Promise<void> {
  return transaction(dataSource, async (client) => {
    const { modelId, status } = await lockModel(client, version);
    if (status !== 'shadow')
      throw new Problem(409, 'no-shadow', `The model ${version} is ${status}, and has no shadow.`);
    await removeStates(client, modelId);
    await client.query(`update scoring.model set status = 'draft' where model_id = $1`, [modelId]);
  });
}

/** Waits for the step of the shadow that is running. Rows of members are locked in the order in which erasures lock them. */
async function removeStates(client: PoolClient, modelId: number): Promise<void> {
  await client.query('delete from scoring.shadow where model_id = $1', [modelId]);
  await client.query('set local enable_seqscan = on');
  await client.query(
    `delete from scoring.member where model_id = $1 and member_id = any(array(
       select member_id from scoring.member where model_id = $1 order by member_id for update))`,
    [modelId],
  );
  await removeScoreRows(client, modelId);
  await client.query('delete from scoring.base where model_id = $1', [modelId]);
  await client.query('delete from scoring.matter where model_id = $1', [modelId]);
}
