import { activityCount, type Activity, compileModel, fold, type Model, read, type State } from '@sestante/engagement';
import type { BeforeDrop } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import { type ActivityRow, activityColumns, toActivity } from './activity-row.ts';
import { findBases, saveBases } from './bases.ts';

/** The number of activities that are in memory at once. */
const rowsAtOnce = 2_000;

type Row = ActivityRow & { readonly member_id: string };

/**
 * Adds all activities of an expired month to the bases of its members, under every model that has states, in the transaction that drops the month: either
 * both happen or neither. The states of members have these activities already and stay as they are. A member whose activities are in two pieces is written
 * twice.
 */
export const foldExpired: BeforeDrop = async (client, { table }) => {
  const models = await findModels(client);
  await client.query(
    `declare expired no scroll cursor for
       select a.member_id, ${activityColumns} from ${table} a order by a.member_id, a.happened_at`,
  );
  for (;;) {
    const { rows } = await client.query<Row>(`fetch ${rowsAtOnce} from expired`);
    if (rows.length === 0) break;
    const members = byMember(rows);
    for (const [modelId, model] of models) await addToBases(client, { modelId, model, members });
  }
  await client.query('close expired');
};

async function addToBases(
  client: PoolClient,
  of: { modelId: number; model: Model; members: ReadonlyMap<string, readonly Activity[]> },
): Promise<void> {
  const { modelId, model, members } = of;
  const stored = await findBases(client, modelId, [...members.keys()]);
  const bases = [...members].map(([memberId, activities]): [string, State] => {
    const evidence = activities.map((activity) => read(model, activity));
    return [memberId, fold(model, evidence, stored.get(memberId))];
  });
  await saveBases(
    client,
    modelId,
    bases.filter(([, base]) => activityCount(base) > 0),
  );
}

/** The models that have states: all but drafts. */
async function findModels(client: PoolClient): Promise<Map<number, Model>> {
  const { rows } = await client.query<{ model_id: number; document: unknown }>(
    `select model_id, document from scoring.model where status <> 'draft'`,
  );
  return new Map(rows.map(({ model_id, document }) => [model_id, compileModel(document)]));
}

function byMember(rows: readonly Row[]): Map<string, Activity[]> {
  const grouped = new Map<string, Activity[]>();
  for (const row of rows) {
    const activities = grouped.get(row.member_id) ?? [];
    grouped.set(row.member_id, activities);
    activities.push(toActivity(row));
  }
  return grouped;
}
