import type { State } from '../state/state.ts';
import type { Sums } from './formula.ts';
import type { Question } from './question.ts';
import type { View } from './view.ts';
import { latestActivityAt } from '../state/state.ts';
import { contribution } from './formula.ts';
import { amountFactor, elementSums, evidenceCount, viewAt } from './view.ts';

/** By how much the activities move a score whose evidence is no longer kept: one sum for all of them. */
export interface Earlier {
  /** The number of activities with a signal for the element. At least 1. */
  readonly activities: number;
  /** When the latest activity happened of those that are no longer kept, whatever its element. In milliseconds since 1970. */
  readonly until: number;
  /** The weight that remains at the instant of the question, in observations. */
  readonly weight: number;
  /** How good they were, 0..1: the weighted mean. */
  readonly valence: number;
  /** In points of the score. */
  readonly contribution: number;
}

/** The part of a base in an explanation; null if the base has no evidence for the element. `view` is that of all evidence. */
export function earlierOf(
  { view, base, total }: { readonly view: View; readonly base: State; readonly total: Sums },
  question: Question,
): Earlier | null {
  const { element } = question;
  const activities = evidenceCount(base, element);
  const until = latestActivityAt(base);
  if (activities === 0 || until === undefined) return null;
  const { model } = view;
  const prior = model.priors[element];
  const sums = elementSums(viewAt(model, base, question), element, amountFactor(view, element));
  return {
    activities,
    until,
    weight: sums.weight,
    // Evidence that has decayed to 0 has no mean any more. It moves nothing, as does the base of the element.
    valence: sums.weight === 0 ? prior.base : sums.good / sums.weight,
    contribution: contribution(prior, sums, total),
  };
}
