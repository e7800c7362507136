import { type Evidence, fold, type Model, read, type Scores, scoresAt } from '@sestante/engagement';
import { before, type Household } from './households.ts';

/** A household at an instant, with its scores under one model. */
export interface ScoredHousehold extends Household {
  readonly evidence: readonly Evidence[];
  readonly scores: Scores;
}

/** The scores of a household at an instant, from what happened before it. */
export function scored(model: Model, household: Household, at: number): ScoredHousehold {
  const known = before(household, at);
  const evidence = known.activities.map((activity) => read(model, activity));
  return { ...known, evidence, scores: scoresAt(model, fold(model, evidence), at) };
}
