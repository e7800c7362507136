import type { Model } from '@sestante/engagement';
import type { PoolClient } from 'pg';
import type { ScoreRows } from './score-expressions.ts';

interface ModelOfRows {
  readonly modelId: number;
  readonly model: Model;
}

/**
 * The rows of a model, with their landmark. Read it in the same snapshot as the rows, or under their lock: a landmark is moved together with them. Undefined if the
 * model has no rows yet.
 */
export async function findScoreRows(
  client: PoolClient,
  { modelId, model }: ModelOfRows,
): Promise<ScoreRows | undefined> {
  const { rows } = await client.query<{ landmark_ms: number; latest_ms: number }>({
    name: 'scoring-find-landmark',
    text: 'select landmark_ms, latest_ms from scoring.score_landmark where model_id = $1',
    values: [modelId],
  });
  const [row] = rows;
  return row && { modelId, model, landmarkMs: row.landmark_ms, latestMs: row.latest_ms };
}

/** Lets no other transaction write rows of the model until the end of this one: whoever reads states after it writes rows that are not older than those that are there. */
export async function lockScoreRows(client: PoolClient, modelId: number): Promise<void> {
  await client.query({
    name: 'scoring-lock-score-rows',
    text: `select pg_advisory_xact_lock(hashtextextended('scoring.customer_score', $1::bigint))`,
    values: [modelId],
  });
}

/** Makes the partition and the landmark of a model, if it has none. The lock of its rows must be held. */
export async function addScoreRows(client: PoolClient, of: ModelOfRows, now: number): Promise<ScoreRows> {
  const partition = `scoring.customer_score_${of.modelId}`;
  // To create it as a partition would wait for everybody who reads the table, and let others wait.
  await client.query(
    `create table ${partition} (like scoring.customer_score including defaults including constraints including indexes) with (fillfactor = 85);
     alter table scoring.customer_score attach partition ${partition} for values in (${of.modelId})`,
  );
  await client.query('insert into scoring.score_landmark (model_id, landmark_ms) values ($1, $2)', [of.modelId, now]);
  return (await findScoreRows(client, of))!;
}
