import { type Element, elements, type Scores } from '@sestante/engagement';
import type { DataSource } from 'typeorm';
import type { LoadedModel } from '../../live-model.ts';
import { historyUnder } from '../../asked-history.ts';
import { differencesByRule, type RuleDifference } from '../rule-differences.ts';
import { type Compared, type Comparison, type Mover, type ScoreDifference, scoreOf } from './comparison.ts';

/** What would change if the model became live. Scores are in points. */
export interface Differences {
  readonly before: string;
  readonly after: string;
  /** ISO 8601. */
  readonly at: string;
  /** The number of compared customers, and the share of all that they are. */
  readonly compared: number;
  readonly share: number;
  readonly scores: Readonly<Record<Compared, ScoreDifference>>;
  /** The shares of loyal customers; null if a model does not define it. */
  readonly loyal: { readonly before: number | null; readonly after: number | null };
  /** The customers whose overall score moves most, the largest move first. */
  readonly movers: readonly MoverReport[];
}

export interface MoverReport {
  readonly customerId: string;
  readonly before: number;
  readonly after: number;
  /** The element whose bond moves most, and why. */
  readonly element: Element;
  readonly reasons: readonly RuleDifference[];
}

/** The most reasons of a mover. */
const mostReasons = 5;

interface Compares {
  readonly dataSource: DataSource;
  readonly live: LoadedModel;
  readonly shadowed: LoadedModel;
}

export async function toDifferences(
  compares: Compares,
  comparison: Comparison,
  { at, share }: { readonly at: number; readonly share: number },
): Promise<Differences> {
  const movers: MoverReport[] = [];
  for (const mover of comparison.movers) movers.push(await reportOf(compares, mover, at));
  return {
    before: compares.live.model.version,
    after: compares.shadowed.model.version,
    at: new Date(at).toISOString(),
    compared: comparison.customers,
    share,
    scores: comparison.differences(),
    loyal: {
      before: shareOf(comparison.loyal.before, comparison.customers),
      after: shareOf(comparison.loyal.after, comparison.customers),
    },
    movers,
  };
}

const shareOf = (count: number | null, all: number) => (count === null ? null : count / Math.max(1, all));

async function reportOf(compares: Compares, mover: Mover, at: number): Promise<MoverReport> {
  const { customerId, before, after } = mover;
  const element = mostMoved(compares, mover);
  const { dataSource, live, shadowed } = compares;
  const asked = { customerId, at: undefined };
  const [one, other] = await Promise.all(
    [live, shadowed].map(async (loaded) => ({
      loaded,
      history: await historyUnder(dataSource, { live, loaded }, asked),
    })),
  );
  const rules = differencesByRule([one!, other!], { element, at });
  return {
    customerId,
    before: before.overall!,
    after: after.overall!,
    element,
    reasons: rules.filter(({ change }) => change !== 0).slice(0, mostReasons),
  };
}

/** The element whose bond moves most. One without evidence counts with its base. */
function mostMoved({ live, shadowed }: Compares, { before, after }: Mover): Element {
  const bond = ({ model }: LoadedModel, scores: Scores, element: Element) =>
    scoreOf(scores, element) ?? 100 * model.priors[element].base;
  const moveOf = (element: Element) => Math.abs(bond(shadowed, after, element) - bond(live, before, element));
  return elements.reduce((most, element) => (moveOf(element) > moveOf(most) ? element : most));
}
