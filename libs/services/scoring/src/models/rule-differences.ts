import { type Because, type Element, explain, latestActivityAt } from '@sestante/engagement';
import type { LoadedModel } from '../live-model.ts';
import type { History } from '../store/read-history.ts';

/** What an activity contributes to a bond under one model and under another, in points. */
export interface RuleDifference {
  readonly element: Element;
  /** The name of the activity; or `base`, `earlier`, `rhythm`, `channel spread`. */
  readonly name: string;
  /** The reason of the rule that moves the score most; null without a rule. */
  readonly because: Because | null;
  readonly before: Share;
  readonly after: Share;
  readonly change: number;
}

export interface Share {
  readonly count: number;
  readonly contribution: number;
}

/** The share of all rules for an activity. */
interface ShareOfRules extends Share {
  readonly because: Because | null;
}

const none: ShareOfRules = { count: 0, contribution: 0, because: null };

/** How the bond of an element differs between two histories of a customer, by activity, the largest change first. */
export function differencesByRule(
  [before, after]: readonly [ReadHistory, ReadHistory],
  { element, at }: { readonly element: Element; readonly at: number },
): RuleDifference[] {
  const [former, latter] = [sharesOf(before, element, at), sharesOf(after, element, at)];
  return [...new Set([...former.keys(), ...latter.keys()])]
    .map((name) => {
      const [one, other] = [former.get(name) ?? none, latter.get(name) ?? none];
      const change = other.contribution - one.contribution;
      return {
        element,
        name,
        because: other.because ?? one.because,
        before: toShare(one),
        after: toShare(other),
        change,
      };
    })
    .sort((one, other) => Math.abs(other.change) - Math.abs(one.change));
}

export interface ReadHistory {
  readonly loaded: LoadedModel;
  readonly history: History;
}

const toShare = ({ count, contribution }: Share): Share => ({ count, contribution });

/** The shares of a score by the name of the activity, and that of `base`: they add up to the score, and without evidence to the base. */
function sharesOf({ loaded, history }: ReadHistory, element: Element, at: number): Map<string, ShareOfRules> {
  const instant = Math.max(at, latestActivityAt(history.base) ?? at);
  const question = { element, scale: 'bond', at: instant } as const;
  const { base, groups } = explain(loaded.model, history.evidence, question, history.base, history.closed);
  const shares = new Map<string, ShareOfRules>([['base', { count: 0, contribution: base, because: null }]]);
  for (const { name, count, contribution, because } of groups) {
    const known = shares.get(name);
    const sum = contribution + (known?.contribution ?? 0);
    // The groups of an activity are sorted by size. Rules of one activity count the same activities.
    shares.set(name, {
      count: Math.max(count, known?.count ?? 0),
      contribution: sum,
      because: known?.because ?? because,
    });
  }
  return shares;
}
