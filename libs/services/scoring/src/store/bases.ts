import { activityCount, latestActivityAt, type State } from '@sestante/engagement';
import { byteaArray, intArray, timestampArray, uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import { packState, toState } from './packed-state.ts';

/** Keeps the bases as they are until the end of the transaction: one transaction at a time folds an expired month, or copies them for another model. */
export async function lockBases(client: PoolClient): Promise<void> {
  await client.query(`select pg_advisory_xact_lock(hashtextextended('scoring.base', 0))`);
}

/** The bases of these members that exist, by member. */
export async function findBases(
  client: PoolClient,
  modelId: number,
  memberIds: readonly string[],
): Promise<Map<string, State>> {
  const { rows } = await client.query<{ member_id: string; state: Buffer }>({
    name: 'scoring-find-bases',
    text: 'select member_id, state from scoring.base where model_id = $1 and member_id = any($2::uuid[])',
    values: [modelId, uuidArray(memberIds)],
  });
  return new Map(rows.map((row) => [row.member_id, toState(row.state)]));
}

/** Stores the bases of members. None may be empty. */
export async function saveBases(
  client: PoolClient,
  modelId: number,
  bases: readonly (readonly [memberId: string, base: State])[],
): Promise<void> {
  const states = bases.map(([, base]) => base);
  await client.query({
    name: 'scoring-save-bases',
    text: `
      insert into scoring.base (model_id, member_id, activities, latest_at, state)
      select $1, new.* from unnest($2::uuid[], $3::int[], $4::timestamptz[], $5::bytea[]) as new
      on conflict (member_id, model_id) do update
         set activities = excluded.activities, latest_at = excluded.latest_at, state = excluded.state`,
    values: [
      modelId,
      uuidArray(bases.map(([memberId]) => memberId)),
      intArray(states.map(activityCount)),
      timestampArray(states.map((state) => latestActivityAt(state) ?? Number.NaN)),
      byteaArray(states.map(packState)),
    ],
  });
}
