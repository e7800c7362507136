import type { Because } from './elements.ts';

/** What moved a score, in points: activities of one name and one reason. */
export interface ContributionGroup {
  readonly name: string;
  readonly count: number;
  readonly contribution: number;
  readonly because: Because | null;
}

/** What one activity moved, in points. */
export interface SingleContribution {
  readonly activityId: string;
  readonly name: string;
  readonly at: string;
  readonly contribution: number;
  readonly because: Because;
}

/** A group with the score before and after it, in points. */
export interface WaterfallStep extends ContributionGroup {
  readonly from: number;
  readonly to: number;
}

export interface WaterfallRows {
  /** Largest first. They lead from the base to the score. */
  readonly steps: readonly WaterfallStep[];
  /** The sum of the groups that have no step of their own, or null. */
  readonly rest: {
    readonly count: number;
    readonly contribution: number;
    readonly from: number;
    readonly to: number;
  } | null;
  /** The scale, in points: 0 to 100, or more if a step leaves it. */
  readonly range: readonly [number, number];
}

/** The steps from `base` to `score`, in points: the `most` largest groups, and the rest as one step, so that they add up. */
export function waterfallRows(
  base: number,
  score: number,
  groups: readonly ContributionGroup[],
  most: number,
): WaterfallRows {
  const largest = groups.toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  const steps: WaterfallStep[] = [];
  let from = base;
  for (const group of largest.slice(0, most)) {
    steps.push({ ...group, from, to: from + group.contribution });
    from += group.contribution;
  }
  const others = largest.slice(most);
  const count = others.reduce((sum, group) => sum + group.count, 0);
  const rest = others.length === 0 ? null : { count, contribution: score - from, from, to: score };
  const ends = steps.map(({ to }) => to);
  // Steps may leave 0 to 100 on the way.
  return { steps, rest, range: [Math.min(0, ...ends), Math.max(100, ...ends)] };
}

/** The single activities of a group, newest first. */
export function singlesOf(
  group: ContributionGroup,
  contributions: readonly SingleContribution[],
): readonly SingleContribution[] {
  return contributions
    .filter(({ name, because }) => name === group.name && (group.because === null || because.en === group.because.en))
    .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
}
