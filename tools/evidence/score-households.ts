import {
  type Evidence,
  fold,
  loyal,
  type Loyalty,
  type Model,
  read,
  type Scores,
  scoresAt,
} from '@sestante/engagement';
import { before, type Household } from './households.ts';

/** A household at an instant, with its scores under one model. */
export interface ScoredHousehold extends Household {
  readonly evidence: readonly Evidence[];
  readonly scores: Scores;
  /** null if the model has no definition of loyal. */
  readonly loyalty: Loyalty | null;
}

/** The scores of a household at an instant, from what happened before it. */
export function scored(model: Model, household: Household, at: number): ScoredHousehold {
  const known = before(household, at);
  const evidence = known.activities.map((activity) => read(model, activity));
  const state = fold(model, evidence);
  return { ...known, evidence, scores: scoresAt(model, state, at), loyalty: loyal(model, state, at) };
}
