import { notFound, Problem } from '@sestante/runtime';
import { transaction } from '@sestante/postgres';
import { isDeepStrictEqual } from 'node:util';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { type ChangedBy, type ModelRow, modelTable } from '../store/model.table.ts';
import { changesBetween } from '../document-changes.ts';

/** A document that was sent, and who sent it. */
export interface SentDocument {
  readonly version: string;
  readonly document: object;
  /** Null for a file of the software. */
  readonly changedBy: ChangedBy | null;
}

/** All models, the latest first. */
export function findModels(dataSource: DataSource): Promise<ModelRow[]> {
  return dataSource.getRepository(modelTable).find({ order: { modelId: 'DESC' } });
}

/** The model with the version; undefined if there is none. */
export async function findModel(dataSource: DataSource, version: string): Promise<ModelRow | undefined> {
  return (await dataSource.getRepository(modelTable).findOneBy({ version })) ?? undefined;
}

/** Stores a new draft. Resolves to false if the version exists. */
export async function addDraft(
  dataSource: DataSource,
  { version, document, changedBy }: SentDocument,
): Promise<boolean> {
  const rows = await dataSource.query<unknown[]>(
    `with added as (
       insert into scoring.model (version, document, status, changed_by) values ($1, $2, 'draft', $3)
       on conflict (version) do nothing returning model_id, revision, document)
     insert into scoring.model_revision (model_id, revision, document) select * from added returning model_id`,
    [version, JSON.stringify(document), changedBy && JSON.stringify(changedBy)],
  );
  return rows.length > 0;
}

/**
 * Replaces the document of a draft that has the revision; the same document changes nothing. Throws 404, and 409 if it is not a draft or has another revision:
 * the problem has `changes`, those that were made since.
 */
export async function replaceDraft(
  dataSource: DataSource,
  revision: number,
  { version, document, changedBy }: SentDocument,
): Promise<void> {
  await transaction(dataSource, async (client) => {
    const stored = await lockModel(client, version);
    if (stored.status !== 'draft') throw notADraft(stored);
    if (stored.revision !== revision) throw await changedSince(client, stored, revision);
    if (isDeepStrictEqual(stored.document, document)) return;
    await client.query(
      `with changed as (
         update scoring.model set document = $2, revision = revision + 1, changed_by = $3, changed_at = now()
          where model_id = $1 returning model_id, revision, document)
       insert into scoring.model_revision (model_id, revision, document) select * from changed`,
      [stored.modelId, JSON.stringify(document), changedBy && JSON.stringify(changedBy)],
    );
  });
}

/** A model whose row is locked until the end of the transaction. */
export type LockedModel = Pick<ModelRow, 'modelId' | 'version' | 'status' | 'revision' | 'document' | 'changedBy'>;

/** Locks the model with the version. Throws 404. */
export async function lockModel(client: PoolClient, version: string): Promise<LockedModel> {
  const { rows } = await client.query<LockedModel>(
    `select model_id as "modelId", version, status, revision, document, changed_by as "changedBy"
       from scoring.model where version = $1 for update`,
    [version],
  );
  if (!rows[0]) throw notFound('model');
  return rows[0];
}

const notADraft = ({ version, status }: LockedModel) =>
  new Problem(
    409,
    'not-a-draft',
    `The model ${version} is ${status === 'shadow' ? 'being compared by a shadow' : status}: only drafts can be changed. Give the document a new version.`,
  );

async function changedSince(client: PoolClient, stored: LockedModel, revision: number): Promise<Problem> {
  const { rows } = await client.query<{ document: unknown }>(
    'select document from scoring.model_revision where model_id = $1 and revision = $2',
    [stored.modelId, revision],
  );
  if (!rows[0])
    return new Problem(400, 'bad-if-match', `The model ${stored.version} never had the revision ${revision}.`);
  const who = stored.changedBy ? ` by ${stored.changedBy.name}` : '';
  return new Problem(
    409,
    'model-changed',
    `The model ${stored.version} was changed${who} since you read it: it has the revision ${stored.revision} now. Read it again, and repeat your change.`,
    undefined,
    { revision: stored.revision, changes: changesBetween(rows[0].document, stored.document).slice(0, mostChanges) },
  );
}

/** The most changes in one response. */
const mostChanges = 200;
