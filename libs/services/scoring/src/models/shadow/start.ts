import { Problem } from '@sestante/runtime';
import { transaction } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { lockBases } from '../../store/bases.ts';
import { tellProcesses } from '../../store/tell-processes.ts';
import { lockModel } from '../drafts.ts';

/**
 * Starts the shadow of a model, or resumes it if it was paused or has failed. One that is done reads again what has changed since. Throws 404, and 409 for the live model.
 *
 * From here on every process revises a member also for an activity that only this model reads: see `LiveModel`. What is no longer kept is as the
 * live model has read it: the bases of members, and the matters that are closed.
 */
export function startShadow(dataSource: DataSource, version: string): Promise<void> {
  return transaction(dataSource, async (client) => {
    const { modelId, status } = await lockModel(client, version);
    if (status === 'live') throw new Problem(409, 'already-live', `The model ${version} is live.`);
    const { rowCount } = await client.query(
      `update scoring.shadow
          set state = 'running', fault = null, differences = null, finished_at = null,
              reads = case when state = 'done' then 'changed' else reads end
        where model_id = $1`,
      [modelId],
    );
    if (rowCount === 0) await begin(client, modelId);
  });
}

async function begin(client: PoolClient, modelId: number): Promise<void> {
  await client.query('set local enable_seqscan = on');
  await client.query(`update scoring.model set status = 'shadow' where model_id = $1 and status = 'draft'`, [modelId]);
  await lockBases(client);
  await tellProcesses(client);
  await client.query(
    `insert into scoring.base (model_id, member_id, activities, latest_at, state)
     select $1, member_id, activities, latest_at, state from scoring.base
      where model_id = (select model_id from scoring.model where status = 'live') on conflict do nothing`,
    [modelId],
  );
  await client.query(
    `insert into scoring.matter (model_id, member_id, key, activity_id, happened_at, received_at)
     select $1, m.member_id, m.key, m.activity_id, m.happened_at, m.received_at from scoring.matter m
      where m.model_id = (select model_id from scoring.model where status = 'live')
        and m.member_id in (select member_id from scoring.base where model_id = $1)
        and not exists (select from scoring.activity a
                         where a.member_id = m.member_id and a.happened_at = m.happened_at and a.received_at = m.received_at
                           and a.activity_id = m.activity_id)
     on conflict do nothing`,
    [modelId],
  );
  await client.query(
    `insert into scoring.shadow (model_id, state, reads, total)
     select $1, 'running', case when $1 = (${lastRetired}) then 'changed' else 'all' end, count(*)
       from scoring.member where model_id = (select model_id from scoring.model where status = 'live')`,
    [modelId],
  );
}

/** The model that was live before the live one. Its states are those of when it was retired, but for the members that have changed since. */
const lastRetired = `select model_id from scoring.model where status = 'retired' order by live_since desc limit 1`;
