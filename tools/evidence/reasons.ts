import { type Contribution, type Element, explain, type Explanation, type Model } from '@sestante/engagement';
import type { ScoredHousehold } from './score-households.ts';
import { signed } from './markdown.ts';

/** The contributions of one name together. */
export interface Group {
  readonly name: string;
  readonly count: number;
  readonly contribution: number;
}

/** The explanation of a bond or a mood, at the instant of the scores. */
export function explanationOf(
  model: Model,
  { evidence, scores }: ScoredHousehold,
  question: { readonly element: Element; readonly scale: 'bond' | 'mood' },
): Explanation {
  return explain(model, evidence, { ...question, at: scores.at });
}

/** The contributions by name, largest first. */
export function groupsOf(contributions: readonly Contribution[]): Group[] {
  return [...Map.groupBy(contributions, ({ name }) => name)]
    .map(([name, all]) => ({
      name,
      count: all.length,
      contribution: all.reduce((sum, { contribution }) => sum + contribution, 0),
    }))
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
}

/** The group that lowers the mood of the element most, in words. */
export function reasonOf(model: Model, household: ScoredHousehold, element: Element): string {
  const { contributions } = explanationOf(model, household, { element, scale: 'mood' });
  const lowest = groupsOf(contributions).find(({ contribution }) => contribution < 0);
  return lowest ? `${lowest.name} ${signed(lowest.contribution)}` : 'what was good is fading';
}
