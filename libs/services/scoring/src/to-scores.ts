import { loyal, type Model, scoresAt, type State } from '@sestante/engagement';
import { iso } from './asked-instant.ts';
import type { ScoresResponse } from './scores-response.ts';

/** The scores of a customer in a response, at an instant in milliseconds since 1970, or now. */
export function toScores(
  model: Model,
  { customerId, state }: { readonly customerId: string; readonly state: State },
  at: number | undefined,
): ScoresResponse {
  const scores = scoresAt(model, state, at ?? Date.now());
  const found = loyal(model, state, scores.at);
  return { customerId, model: model.version, ...scores, at: iso(at ?? scores.at), loyal: found };
}
