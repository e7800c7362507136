import type { ModelRow } from '../store/model.table.ts';
import type { ModelResponse, ModelSummary } from './model-response.ts';
import { progressOf, type Shadow } from './shadow/shadows.ts';

export function toSummary(model: ModelRow, shadow: Shadow | undefined): ModelSummary {
  const { version, status, revision, changedAt, changedBy, liveSince } = model;
  return {
    version,
    status,
    revision,
    changedAt: changedAt.toISOString(),
    changedBy,
    liveSince: liveSince?.toISOString() ?? null,
    shadow: shadow ? { state: shadow.state, progress: progressOf(shadow) } : null,
  };
}

export function toModel(model: ModelRow, shadow: Shadow | undefined): ModelResponse {
  return { ...toSummary(model, shadow), document: model.document as ModelResponse['document'] };
}
