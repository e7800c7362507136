import { Instant } from '@sestante/contracts';
import { type Static, Type } from 'typebox';
import { modelStatuses } from '../store/model.table.ts';

/** The form is checked by `compileModel`, which names every fault. */
export const ModelDocument = Type.Object(
  { version: Type.String({ minLength: 1, maxLength: 64 }) },
  {
    $id: 'ModelDocument',
    description:
      'A model: half-lives, the base of each element, and the rules that turn activities into signals. The files in `libs/services/scoring/models` are examples.',
  },
);

const ShadowSummary = Type.Object(
  {
    state: Type.Enum(['running', 'paused', 'done', 'failed']),
    progress: Type.Number({ minimum: 0, maximum: 1, description: 'The share of the members that were read.' }),
  },
  { $id: 'ShadowSummary' },
);

const summary = {
  version: Type.String(),
  status: Type.Enum([...modelStatuses], {
    description:
      '`live`: all scores are of this model. `draft`: it can be changed. `shadow`: the history is, or was, read again under it. `retired`: it was live.',
  }),
  revision: Type.Integer({
    minimum: 1,
    description: 'Increases with every change of the document. It is the ETag, too.',
  }),
  changedAt: Instant,
  changedBy: Type.Union([Type.Object({ keyId: Type.String(), name: Type.String() }), Type.Null()], {
    description: 'The API key that made the last change; null for a model that is part of the software.',
  }),
  liveSince: Type.Union([Instant, Type.Null()], {
    description: 'When it became live the last time; null if it never did.',
  }),
  shadow: Type.Union([ShadowSummary, Type.Null()]),
};

export const ModelSummary = Type.Object(summary, { $id: 'ModelSummary' });
export type ModelSummary = Static<typeof ModelSummary>;

export const ModelList = Type.Object(
  { items: Type.Array(ModelSummary, { description: 'The latest first.' }) },
  { $id: 'ModelList' },
);
export type ModelList = Static<typeof ModelList>;

export const ModelResponse = Type.Object({ ...summary, document: ModelDocument }, { $id: 'Model' });
export type ModelResponse = Static<typeof ModelResponse>;
