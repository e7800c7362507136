import type { Element } from '../element.ts';
import type { Model } from '../model/model.ts';
import type { State } from '../state/state.ts';
import { byElement } from '../element.ts';
import { confidence, drop, score } from './formula.ts';
import { overall } from './overall.ts';
import { evidenceCount, observed, readableAt, viewAt, withScale } from './view.ts';

export interface ElementScore {
  /** The slow score, 0..100; null without evidence. */
  readonly bond: number | null;
  /** The quick score, 0..100; null without evidence. */
  readonly mood: number | null;
  /** How far recent experience is below the bond, −100..100: 0 without recent evidence, null without any evidence. */
  readonly drop: number | null;
  /** The part of the bond that was observed and not assumed, 0..1. */
  readonly confidence: number;
  /**
   * The number of activities with a signal that counts for the element. A score can exist with 0: of coherence from the spread between channels, of other
   * elements from the rhythm of purchases.
   */
  readonly evidence: number;
}

export interface Scores {
  /** The instant at which the scores hold, in milliseconds since 1970. */
  readonly at: number;
  /** The weighted geometric mean of the bonds, 0..100; null if no element has evidence. */
  readonly overall: number | null;
  readonly elements: Readonly<Record<Element, ElementScore>>;
}

/**
 * The scores of a state at an instant, in milliseconds since 1970.
 *
 * A state cannot be moved back in time. If `at` is before the latest evidence, the scores are those at the latest evidence, and
 * `Scores.at` is that instant. For a past instant, `fold` the evidence up to it.
 */
export function scoresAt(model: Model, state: State, at: number): Scores {
  const instant = readableAt(state, at);
  const bond = viewAt(model, state, { scale: 'bond', at: instant });
  const mood = withScale(bond, 'mood');
  const scores = byElement((element): ElementScore => {
    const prior = model.priors[element];
    const slow = observed(bond, element);
    const quick = observed(mood, element);
    const bondScore = slow === undefined ? null : score(prior, slow);
    return {
      bond: bondScore,
      mood: quick === undefined ? null : score(prior, quick),
      drop: bondScore === null || quick === undefined ? null : drop(prior, bondScore, quick),
      confidence: slow === undefined ? 0 : confidence(prior, slow),
      evidence: evidenceCount(state, element),
    };
  });
  return {
    at: instant,
    overall: overall(
      model,
      byElement((element) => scores[element].bond),
    ),
    elements: scores,
  };
}
