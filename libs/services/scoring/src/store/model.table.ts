import { EntitySchema } from 'typeorm';

export interface ModelRow {
  modelId: number;
  version: string;
  document: object;
  status: 'live' | 'retired';
}

export const modelTable = new EntitySchema<ModelRow>({
  name: 'model',
  columns: {
    modelId: { type: 'smallint', name: 'model_id', primary: true, generated: 'increment' },
    version: { type: 'text', unique: true },
    document: { type: 'jsonb' },
    status: { type: 'text' },
  },
});
