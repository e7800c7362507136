import { byElement, type Element, elements, type Model } from '@sestante/engagement';
import type { Household } from './households.ts';
import { type ScoredHousehold, scored } from './score-households.ts';
import { quantile, rankCorrelation } from './statistics.ts';

/** How numbers are distributed. Quantiles are NaN without numbers. */
export interface Distribution {
  readonly count: number;
  readonly p5: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
}

/** The scores of all households under one model at one instant. */
export interface ScoreFigures {
  readonly model: Model;
  readonly scored: readonly ScoredHousehold[];
  readonly overall: Distribution;
  /** The bonds. */
  readonly elements: Readonly<Record<Element, Distribution & { readonly confidence: number }>>;
  /** Spearman's rank correlations over the households with both numbers. */
  readonly valueByBaskets: number;
  readonly valueByRelevance: number;
  /** The time to read, fold and score all households, in milliseconds. */
  readonly tookMs: number;
}

export function measureScores(households: readonly Household[], model: Model, at: number): ScoreFigures {
  const startedAt = performance.now();
  const all = households.map((household) => scored(model, household, at)).filter(({ baskets }) => baskets.length > 0);
  const tookMs = performance.now() - startedAt;
  const bondOf = (element: Element) => (one: ScoredHousehold) => one.scores.elements[element].bond;
  return {
    model,
    scored: all,
    tookMs,
    overall: distributionOf(known(all, ({ scores }) => scores.overall)),
    elements: byElement((element) => ({
      ...distributionOf(known(all, bondOf(element))),
      confidence: quantile(
        known(all, ({ scores }) => scores.elements[element].confidence),
        0.5,
      ),
    })),
    valueByBaskets: correlationOf(all, bondOf('value'), ({ baskets }) => baskets.length),
    valueByRelevance: correlationOf(all, bondOf('value'), bondOf('relevance')),
  };
}

/** The largest drop of a household, with its element; undefined if no element has a drop above 0. */
export function largestDrop({ scores }: ScoredHousehold): { element: Element; drop: number } | undefined {
  const drops = elements.map((element) => ({ element, drop: scores.elements[element].drop ?? 0 }));
  const largest = drops.reduce((most, one) => (one.drop > most.drop ? one : most));
  return largest.drop > 0 ? largest : undefined;
}

type NumberOf = (one: ScoredHousehold) => number | null;

function known(all: readonly ScoredHousehold[], numberOf: NumberOf): number[] {
  return all.map(numberOf).filter((number) => number !== null);
}

function correlationOf(all: readonly ScoredHousehold[], one: NumberOf, other: NumberOf): number {
  const both = all.filter((household) => one(household) !== null && other(household) !== null);
  return rankCorrelation(known(both, one), known(both, other));
}

function distributionOf(numbers: readonly number[]): Distribution {
  const [p5, p25, p50, p75, p95] = [0.05, 0.25, 0.5, 0.75, 0.95].map((share) => quantile(numbers, share));
  return { count: numbers.length, p5: p5!, p25: p25!, p50: p50!, p75: p75!, p95: p95! };
}
