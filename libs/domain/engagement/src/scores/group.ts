import type { Because } from '../document/model-document.ts';
import type { Contribution, PartOfScore } from './contribution.ts';
import type { Earlier } from './earlier.ts';

/** What activities of one kind move a score by, for one rule of the model. */
export interface Group {
  /** The name of the activities; `rhythm`, `channel spread`, or `earlier` for the activities whose evidence is no longer kept. */
  readonly name: string;
  /** The index of the rule in the model document; null without a rule. */
  readonly rule: number | null;
  /** The number of activities; 1 for rhythm and spread. */
  readonly count: number;
  /** In points of the score. */
  readonly contribution: number;
  /** The reason of the rule; null for `earlier`. */
  readonly because: Because | null;
}

/** The groups, the largest first. Their contributions add up to score − base. */
export function groupsOf(parts: readonly PartOfScore[], earlier: Earlier | null): Group[] {
  const byRule = Map.groupBy(parts, ({ rule, name }) => rule ?? name);
  const groups = [...byRule.values()].map((own): Group => {
    const { name, rule, because } = own[0]!;
    const count = new Set(own.map(({ activityId }) => activityId)).size;
    return { name, rule, count, contribution: sumOf(own), because };
  });
  if (earlier !== null) {
    const { activities: count, contribution } = earlier;
    groups.push({ name: 'earlier', rule: null, count, contribution, because: null });
  }
  return groups.sort(bySize);
}

function sumOf(parts: readonly Pick<Contribution, 'contribution'>[]): number {
  return parts.reduce((sum, { contribution }) => sum + contribution, 0);
}

function bySize(one: Group, other: Group): number {
  const difference = Math.abs(other.contribution) - Math.abs(one.contribution);
  return difference || (one.rule ?? Infinity) - (other.rule ?? Infinity) || (one.name < other.name ? -1 : 1);
}
