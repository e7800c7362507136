import { EntitySchema } from 'typeorm';

export const modelStatuses = ['draft', 'shadow', 'live', 'retired'] as const;
export type ModelStatus = (typeof modelStatuses)[number];

/** The API key that changed a model. */
export interface ChangedBy {
  readonly keyId: string;
  readonly name: string;
}

export interface ModelRow {
  modelId: number;
  version: string;
  document: object;
  status: ModelStatus;
  /** Counts the documents that the draft had, from 1. */
  revision: number;
  /** Null for a model that is part of the software. */
  changedBy: ChangedBy | null;
  changedAt: Date;
  /** When it was made live the last time. */
  liveSince: Date | null;
}

export const modelTable = new EntitySchema<ModelRow>({
  name: 'model',
  columns: {
    modelId: { type: 'smallint', name: 'model_id', primary: true, generated: 'increment' },
    version: { type: 'text', unique: true },
    document: { type: 'json' },
    status: { type: 'text' },
    revision: { type: 'int', default: 1 },
    changedBy: { type: 'json', name: 'changed_by', nullable: true },
    changedAt: { type: 'timestamptz', name: 'changed_at', default: () => 'now()' },
    liveSince: { type: 'timestamptz', name: 'live_since', nullable: true },
  },
});
