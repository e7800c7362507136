import { factorSince, type Model, type Scale, scales } from '@sestante/engagement';
import type { PoolClient } from 'pg';
import { channelSumColumns, elementSumColumns } from '../store/score-columns.ts';
import type { ScoreRows } from './score-expressions.ts';

/** A model with its id in the tables. */
export interface ModelOfRows {
  readonly modelId: number;
  readonly model: Model;
}

/** How many half-lives a landmark may be in the past. Sums of a new activity are then 1e77 times its weights; a number, and the products of sums, allow more. */
export const mostHalfLives = 256;

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

/**
 * Lets no other transaction write rows of the model until the end of this one: whoever reads states after it writes rows that are not older than those that
 * are there. Resolves to the rows, which are made if the model has none, with a landmark that is not too old for evidence of `now`.
 */
export async function lockScoreRows(client: PoolClient, of: ModelOfRows, now: number): Promise<ScoreRows> {
  await client.query({
    name: 'scoring-lock-score-rows',
    text: `select pg_advisory_xact_lock(hashtextextended('scoring.customer_score', $1::bigint))`,
    values: [of.modelId],
  });
  const found = (await findScoreRows(client, of)) ?? (await addScoreRows(client, of, now));
  return now - found.landmarkMs > mostHalfLives * shortestHalfLife(of) ? moveLandmark(client, found, now) : found;
}

/** Makes the partition and the landmark of a model that has none. */
async function addScoreRows(client: PoolClient, of: ModelOfRows, now: number): Promise<ScoreRows> {
  const name = partitionOf(of.modelId);
  const { rows } = await client.query<{ exists: boolean }>('select to_regclass($1) is not null as exists', [name]);
  // To create it as a partition would wait for everybody who reads the table, and let others wait.
  if (!rows[0]!.exists)
    await client.query(
      `create table ${name} (like scoring.customer_score including defaults including constraints including indexes) with (fillfactor = 85);
       alter table scoring.customer_score attach partition ${name} for values in (${of.modelId})`,
    );
  await client.query('insert into scoring.score_landmark (model_id, landmark_ms) values ($1, $2)', [of.modelId, now]);
  return (await findScoreRows(client, of))!;
}

/** The partition with the rows of a model. */
export const partitionOf = (modelId: number): string => `scoring.customer_score_${Math.trunc(modelId)}`;

/** Removes all rows of a model. */
export async function removeScoreRows(client: PoolClient, modelId: number): Promise<void> {
  const { rowCount } = await client.query('delete from scoring.score_landmark where model_id = $1', [modelId]);
  if (rowCount !== 0) await client.query(`truncate ${partitionOf(modelId)}`);
}

/** Notes the latest evidence of rows. */
export async function setLatest(client: PoolClient, modelId: number, latestMs: number): Promise<void> {
  await client.query({
    name: 'scoring-set-latest',
    text: 'update scoring.score_landmark set latest_ms = $2 where model_id = $1 and latest_ms < $2',
    values: [modelId, latestMs],
  });
}

const shortestHalfLife = ({ model: { halfLives } }: ModelOfRows) => Math.min(halfLives.bond, halfLives.mood);

/** Brings the sums of all rows to a later landmark. Those that become negligible are 0: Postgres refuses products that are too small for a number. */
async function moveLandmark(client: PoolClient, rows: ScoreRows, landmarkMs: number): Promise<ScoreRows> {
  const factorOf = (scale: Scale) => factorSince(rows.model.halfLives[scale], rows.landmarkMs, landmarkMs);
  const set = scales.flatMap((scale, index) => {
    const columns = [...elementSumColumns, ...channelSumColumns].filter((column) => column.includes(`_${scale}_`));
    const factor = `$${index + 2}::float8`;
    return columns.map(
      (column) =>
        `${column} = case when ${column} > 1e-100 / ${factor} then ${column} * ${factor} else ${column} * 0 end`,
    );
  });
  await client.query(`update scoring.customer_score set ${set.join(', ')} where model_id = $1`, [
    rows.modelId,
    factorOf('bond'),
    factorOf('mood'),
  ]);
  await client.query('update scoring.score_landmark set landmark_ms = $2 where model_id = $1', [
    rows.modelId,
    landmarkMs,
  ]);
  return { ...rows, landmarkMs };
}
