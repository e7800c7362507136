import { type Element, elements, type Scores } from '@sestante/engagement';
import { type Distribution, distributionOf, rankCorrelation } from './statistics.ts';

/** What is compared: the bonds of the elements, and the overall score. */
export type Compared = Element | 'overall';
export const compared: readonly Compared[] = ['overall', ...elements];

/** How one score differs between two models, over all customers who have it under both. */
export interface ScoreDifference {
  /** The number of these customers. */
  readonly customers: number;
  /** The customers who have the score under one of the models only. */
  readonly onlyBefore: number;
  readonly onlyAfter: number;
  /** The customers whose score moves by half a point or more. */
  readonly moved: number;
  /** By how many points it moves; null without customers. */
  readonly change: Distribution | null;
  /** Spearman's rank correlation of before and after; null if it is not defined. */
  readonly rankCorrelation: number | null;
}

/** A customer whose overall score moves. */
export interface Mover {
  readonly customerId: string;
  readonly before: Scores;
  readonly after: Scores;
  /** Null under a model that does not define it. */
  readonly isLoyal?: { readonly before: boolean | null; readonly after: boolean | null };
}

/** By how many points a score must move to be counted, as for published scores. */
const noticeable = 0.5;

/** Gathers the scores of customers before and after. Two numbers of each score and customer are in memory. */
export class Comparison {
  /** The customers whose overall score moves most, the largest move first. */
  readonly movers: Mover[] = [];
  customers = 0;
  /** How many of them are loyal; null if a model does not define it. */
  readonly loyal: { before: number | null; after: number | null } = { before: null, after: null };
  private readonly gathered = new Map(compared.map((name) => [name, gathering()]));
  private readonly mostMovers: number;

  constructor(mostMovers: number) {
    this.mostMovers = mostMovers;
  }

  add(mover: Mover): void {
    this.customers += 1;
    for (const name of compared)
      gather(this.gathered.get(name)!, scoreOf(mover.before, name), scoreOf(mover.after, name));
    for (const side of ['before', 'after'] as const) {
      const isLoyal = mover.isLoyal?.[side] ?? null;
      if (isLoyal !== null) this.loyal[side] = (this.loyal[side] ?? 0) + Number(isLoyal);
    }
    const move = moveOf(mover);
    if (move === 0 || (this.movers.length === this.mostMovers && move <= moveOf(this.movers.at(-1)!))) return;
    const place = this.movers.findIndex((one) => moveOf(one) < move);
    this.movers.splice(place === -1 ? this.movers.length : place, 0, mover);
    this.movers.splice(this.mostMovers);
  }

  differences(): Record<Compared, ScoreDifference> {
    return Object.fromEntries([...this.gathered].map(([name, one]) => [name, differenceOf(one)])) as Record<
      Compared,
      ScoreDifference
    >;
  }
}

interface Gathering {
  readonly before: number[];
  readonly after: number[];
  onlyBefore: number;
  onlyAfter: number;
}

const gathering = (): Gathering => ({ before: [], after: [], onlyBefore: 0, onlyAfter: 0 });

function gather(into: Gathering, before: number | null, after: number | null): void {
  if (before !== null && after !== null) {
    into.before.push(before);
    into.after.push(after);
  } else if (before !== null) into.onlyBefore += 1;
  else if (after !== null) into.onlyAfter += 1;
}

function differenceOf({ before, after, onlyBefore, onlyAfter }: Gathering): ScoreDifference {
  const changes = after.map((score, index) => score - before[index]!);
  return {
    customers: changes.length,
    onlyBefore,
    onlyAfter,
    moved: changes.filter((change) => Math.abs(change) >= noticeable).length,
    change: distributionOf(changes) ?? null,
    rankCorrelation: rankCorrelation(before, after),
  };
}

export const scoreOf = (scores: Scores, name: Compared): number | null =>
  name === 'overall' ? scores.overall : scores.elements[name].bond;

/** How far the overall score moves, in points; 0 if it is not known under both models. */
function moveOf({ before, after }: Mover): number {
  return before.overall === null || after.overall === null ? 0 : Math.abs(after.overall - before.overall);
}
