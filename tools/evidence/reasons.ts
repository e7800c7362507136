import { type Element, explain, type Explanation, type Model, rhythmId } from '@sestante/engagement';
import type { ScoredHousehold } from './score-households.ts';
import { decimals, signed } from './markdown.ts';

/** The explanation of a bond or a mood, at the instant of the scores. */
export function explanationOf(
  model: Model,
  { evidence, scores }: ScoredHousehold,
  question: { readonly element: Element; readonly scale: 'bond' | 'mood' },
): Explanation {
  return explain(model, evidence, { ...question, at: scores.at });
}

/** What lowers the mood of the element most, in words: the silence with its days, any other group with its reason in the model. */
export function reasonOf(model: Model, household: ScoredHousehold, element: Element): string {
  const { groups, contributions } = explanationOf(model, household, { element, scale: 'mood' });
  const lowest = groups.find(({ contribution }) => contribution < 0);
  if (lowest === undefined) return 'what was good is fading';
  const silence = contributions.find(({ activityId }) => activityId === rhythmId)?.silence;
  const points = signed(lowest.contribution);
  if (lowest.name !== 'rhythm' || silence === undefined) return `${points}: ${lowest.because?.en ?? lowest.name}`;
  return `${points}: usually every ${decimals(silence.usualDays, 1)} days, none for ${decimals(silence.silentDays, 0)}`;
}
