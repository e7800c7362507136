import { compileModel, type Evidence, fold, type Model, type State } from '@sestante/engagement';
import type { BeforeDrop } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import { findBases, saveBases } from './bases.ts';
import { evidenceColumns, type EvidenceRow, toEvidence } from './evidence-row.ts';

/** The number of rows of evidence that are in memory at once. */
const rowsAtOnce = 2_000;

type Row = EvidenceRow & { readonly member_id: string; readonly model_id: number };

/**
 * Adds all evidence of an expired month to the bases of its members, in the transaction that drops it: either both happen or neither. The states of
 * members have this evidence already and stay as they are. A member whose evidence is in two pieces is written twice.
 */
export const foldExpired: BeforeDrop = async (client, { table }) => {
  const models = await findModels(client);
  await client.query(
    `declare expired no scroll cursor for
       select e.member_id, e.model_id, ${evidenceColumns} from ${table} e order by e.member_id, e.model_id, e.happened_at`,
  );
  for (;;) {
    const { rows } = await client.query<Row>(`fetch ${rowsAtOnce} from expired`);
    if (rows.length === 0) break;
    for (const [modelId, members] of byModel(rows)) await addToBases(client, { modelId, models, members });
  }
  await client.query('close expired');
};

async function addToBases(
  client: PoolClient,
  of: { modelId: number; models: ReadonlyMap<number, Model>; members: ReadonlyMap<string, readonly Evidence[]> },
): Promise<void> {
  const { modelId, models, members } = of;
  const model = models.get(modelId);
  if (!model) throw new Error(`There is evidence of model ${modelId}, but no such model.`);
  const stored = await findBases(client, modelId, [...members.keys()]);
  const bases = [...members].map(([memberId, evidence]): [string, State] => [
    memberId,
    fold(model, evidence, stored.get(memberId)),
  ]);
  await saveBases(client, modelId, bases);
}

/** All models, the retired ones included: evidence stays with the model that gave it. */
async function findModels(client: PoolClient): Promise<Map<number, Model>> {
  const { rows } = await client.query<{ model_id: number; document: unknown }>(
    'select model_id, document from scoring.model',
  );
  return new Map(rows.map(({ model_id, document }) => [model_id, compileModel(document)]));
}

/** The evidence by model and member. */
function byModel(rows: readonly Row[]): Map<number, Map<string, Evidence[]>> {
  const grouped = new Map<number, Map<string, Evidence[]>>();
  for (const row of rows) {
    const members = grouped.get(row.model_id) ?? new Map<string, Evidence[]>();
    grouped.set(row.model_id, members);
    const evidence = members.get(row.member_id) ?? [];
    members.set(row.member_id, evidence);
    evidence.push(toEvidence(row));
  }
  return grouped;
}
