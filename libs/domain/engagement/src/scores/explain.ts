import type { Element, Scale } from '../element.ts';
import type { Evidence } from '../evidence.ts';
import { type Closed, settle } from '../matters/settle.ts';
import type { Model } from '../model/model.ts';
import { addAll } from '../state/add.ts';
import { emptyState, latestActivityAt, type State } from '../state/state.ts';
import { type Contribution, contributionsOf, type PartOfScore } from './contribution.ts';
import { type Earlier, earlierOf } from './earlier.ts';
import { contribution, score } from './formula.ts';
import { type Group, groupsOf } from './group.ts';
import { otherParts, signalParts } from './parts.ts';
import type { Question } from './question.ts';
import { observed, viewAt } from './view.ts';

/** Explains a score: score − base is the sum of the contributions, with that of `earlier`. It is also the sum of the groups. */
export interface Explanation {
  readonly element: Element;
  readonly scale: Scale;
  /** The score without evidence: 100·b. */
  readonly base: number;
  /** null if there is no evidence. */
  readonly score: number | null;
  /** By rule of the model, the largest first. */
  readonly groups: Group[];
  /** Sorted by absolute size, largest first; equal sizes by instant, latest first. */
  readonly contributions: Contribution[];
  /** The activities whose evidence is no longer kept, as one contribution; null without any for the element. */
  readonly earlier: Earlier | null;
}

/**
 * Explains the score of one element on one scale at one instant. Evidence after that instant is ignored.
 * `base` is the state of the evidence that is no longer kept, and `closed` are the matters that count by it. Each activity must occur once, in the evidence or in
 * the base. Numbers are exact: round them where they are shown.
 *
 * @throws RangeError if the instant is before the latest evidence in the base: a state cannot be moved back in time.
 */
export function explain(
  model: Model,
  evidence: readonly Evidence[],
  question: Question,
  base: State = emptyState(),
  closed?: Closed,
): Explanation {
  const { element, scale } = question;
  if (question.at < (latestActivityAt(base) ?? question.at)) {
    throw new RangeError('The instant of the question must not be before the latest evidence in the base.');
  }
  const prior = model.priors[element];
  const until = evidence.filter(({ at }) => at <= question.at);
  const settled = settle(model, until, closed);
  const view = viewAt(model, addAll(model, settled, base), question);
  const total = observed(view, element);
  const unexplained = { element, scale, base: 100 * prior.base, score: null };
  if (total === undefined) return { ...unexplained, groups: [], contributions: [], earlier: null };
  const found = [...signalParts(view, settled, question), ...otherParts(view, question)];
  const parts = found.map((part): PartOfScore => ({ ...part, contribution: contribution(prior, part, total) }));
  const earlier = earlierOf({ view, base, total }, question);
  return {
    ...unexplained,
    score: score(prior, total),
    groups: groupsOf(parts, earlier),
    contributions: contributionsOf(parts),
    earlier,
  };
}
