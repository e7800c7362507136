import type { Model } from '@sestante/engagement';
import { bootstrapInterval } from './bootstrap.ts';
import type { Household } from './households.ts';
import { scored } from './score-households.ts';
import { aucOfLow } from './statistics.ts';
import { type Case, casesOf, type Split } from './stops.ts';

/** How well a number that is low for those who stop tells them from the others. */
export interface StopFigures {
  readonly name: string;
  readonly auc: number;
  /** The 95 % interval of the AUC. */
  readonly interval: readonly [number, number];
}

/** The figures of one split: its cases, the two simplest predictors, and overall of each model. */
export interface SplitFigures {
  readonly split: Split;
  readonly active: number;
  readonly stopped: number;
  readonly predictors: readonly StopFigures[];
}

type Predictor = readonly [name: string, valueOf: (household: Household) => number];

const frequency: Predictor = ['frequency alone: the number of baskets', ({ baskets }) => baskets.length];
const recency: Predictor = ['recency alone: the last basket', ({ baskets }) => baskets.at(-1) ?? 0];

/** Measures who stops after the split: frequency, recency, and overall of each model. */
export function measureStops(
  households: readonly Household[],
  models: readonly Model[],
  { split, seed }: { readonly split: Split; readonly seed: number },
): SplitFigures {
  const cases = casesOf(households, split);
  const overall = models.map((model): Predictor => {
    return [`overall of ${model.version}`, (household) => scored(model, household, split.at).scores.overall ?? 0];
  });
  return {
    split,
    active: cases.length,
    stopped: cases.filter(({ hasStopped }) => hasStopped).length,
    predictors: [frequency, recency, ...overall].map((predictor) => measure(predictor, cases, seed)),
  };
}

function measure([name, valueOf]: Predictor, cases: readonly Case[], seed: number): StopFigures {
  const labelled = cases.map(({ household, hasStopped }) => ({ value: valueOf(household), label: hasStopped }));
  return { name, auc: aucOfLow(labelled), interval: bootstrapInterval(labelled, aucOfLow, { seed }) };
}
