import { compileModel, InvalidModel, type Model } from '@sestante/engagement';
import type { PoolClient } from 'pg';

export interface ModelWithStates {
  readonly modelId: number;
  readonly model: Model;
}

/** The models that have states: all but drafts. One that an earlier version of the software has accepted, and this one does not, cannot become live any more. */
export async function findModelsWithStates(client: PoolClient): Promise<ModelWithStates[]> {
  const { rows } = await client.query<{ model_id: number; status: string; document: unknown }>(
    `select model_id, status, document from scoring.model where status <> 'draft'`,
  );
  return rows.flatMap(({ model_id, status, document }) => {
    try {
      return [{ modelId: model_id, model: compileModel(document) }];
    } catch (error) {
      if (status !== 'live' && error instanceof InvalidModel) return [];
      throw error;
    }
  });
}
