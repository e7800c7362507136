import { type ScoredHousehold } from './score-households.ts';
import { dayMs } from './stops.ts';

const frequentBaskets = 26;
const shown = 10;

/** What counts as frequent, for the page. */
export const frequent = `at least ${frequentBaskets} baskets in the year, one every two weeks`;

/** The ten most silent of the frequent households, most silent first. */
export function mostSilent<One extends ScoredHousehold>(all: readonly One[]): One[] {
  return all
    .filter(({ baskets }) => baskets.length >= frequentBaskets)
    .sort((a, b) => a.baskets.at(-1)! - b.baskets.at(-1)! || (a.id < b.id ? -1 : 1))
    .slice(0, shown);
}

/** The most frequent of the most silent: the household that is missed most. */
export function mostMissed<One extends ScoredHousehold>(all: readonly One[]): One | undefined {
  return mostSilent(all).reduce<One | undefined>(
    (most, one) => (most === undefined || one.baskets.length > most.baskets.length ? one : most),
    undefined,
  );
}

/** The days since its last basket. */
export const silentDays = ({ baskets, scores }: ScoredHousehold) => (scores.at - baskets.at(-1)!) / dayMs;
