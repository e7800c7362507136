import type { VouchedBy } from '../activity.ts';
import type { Element, Scale } from '../element.ts';
import type { Evidence } from '../evidence.ts';
import type { Model } from '../model/model.ts';
import type { State } from '../state/state.ts';
import type { Earlier } from './earlier.ts';
import type { Question } from './question.ts';
import { fold } from '../state/add.ts';
import { emptyState, latestActivityAt } from '../state/state.ts';
import { earlierOf } from './earlier.ts';
import { contribution, score } from './formula.ts';
import { activityParts, spreadParts } from './parts.ts';
import { observed, viewAt } from './view.ts';

/** By how much one activity, or the spread between channels, moves a score. */
export interface Contribution {
  /** The activity, or `channelSpreadId`. */
  readonly activityId: string;
  readonly name: string;
  /** When the activity happened. For the spread: the instant of the question. */
  readonly at: number;
  /** The weight that remains at the instant of the question, in observations. */
  readonly weight: number;
  /** How good it was, 0..1; the weighted mean if it has several signals for the element. */
  readonly valence: number;
  /** In points of the score. */
  readonly contribution: number;
  /** Who vouches for the activity. Absent for the spread, like `trust`. */
  readonly vouchedBy?: VouchedBy;
  /** The factor of its weight, by who vouches for it, 0..1. It is in the weight. */
  readonly trust?: number;
}

/** Explains a score: score − base is the sum of the contributions, with that of `earlier`. */
export interface Explanation {
  readonly element: Element;
  readonly scale: Scale;
  /** The score without evidence: 100·b. */
  readonly base: number;
  /** null if there is no evidence. */
  readonly score: number | null;
  /** Sorted by absolute size, largest first; equal sizes by instant, latest first. */
  readonly contributions: Contribution[];
  /** The activities whose evidence is no longer kept, as one contribution; null without any for the element. */
  readonly earlier: Earlier | null;
}

/**
 * Explains the score of one element on one scale at one instant. Evidence after that instant is ignored.
 * `base` is the state of the evidence that is no longer kept. Each activity must occur once, in the evidence or in the base.
 *
 * @throws RangeError if the instant is before the latest evidence in the base: a state cannot be moved back in time.
 */
export function explain(
  model: Model,
  evidence: readonly Evidence[],
  question: Question,
  base: State = emptyState(),
): Explanation {
  const { element, scale } = question;
  if (question.at < (latestActivityAt(base) ?? question.at)) {
    throw new RangeError('The instant of the question must not be before the latest evidence in the base.');
  }
  const prior = model.priors[element];
  const known = evidence.filter(({ at }) => at <= question.at);
  const view = viewAt(model, fold(model, known, base), question);
  const total = observed(view, element);
  const unexplained = { element, scale, base: 100 * prior.base, score: null, contributions: [], earlier: null };
  if (total === undefined) return unexplained;
  const parts = [...activityParts(model, known, question), ...spreadParts(view, question)];
  const contributions = parts.map(({ good, ...part }) => ({
    ...part,
    contribution: contribution(prior, { weight: part.weight, good }, total),
  }));
  return {
    ...unexplained,
    score: score(prior, total),
    contributions: contributions.sort(byImportance),
    earlier: earlierOf({ model, base, total }, question),
  };
}

function byImportance(a: Contribution, b: Contribution): number {
  const bySize = Math.abs(b.contribution) - Math.abs(a.contribution);
  return bySize || b.at - a.at || (a.activityId < b.activityId ? -1 : 1);
}
