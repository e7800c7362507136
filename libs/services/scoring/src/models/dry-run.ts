import { elements, fold, type State } from '@sestante/engagement';
import type { DataSource } from 'typeorm';
import { type AskedModels, historyUnder } from '../asked-history.ts';
import { differencesByRule, type ReadHistory, type RuleDifference } from './rule-differences.ts';

/** One customer under the live model, and under another one. */
export interface DryRun {
  /** The present id of the customer. */
  readonly customerId: string;
  readonly before: State;
  readonly after: State;
  /** By element, and within it the largest change first. */
  readonly rules: readonly RuleDifference[];
}

/** Reads the history of a customer under the live model and another one. Stores nothing. Throws 404 and 410. */
export async function dryRun(
  dataSource: DataSource,
  { live, loaded }: AskedModels,
  asked: { readonly customerId: string; readonly at: number },
): Promise<DryRun> {
  const { at } = asked;
  const [one, other] = await Promise.all([
    historyUnder(dataSource, { live, loaded: live }, { ...asked, at: undefined }),
    historyUnder(dataSource, { live, loaded }, { ...asked, at: undefined }),
  ]);
  const [before, after] = [
    { loaded: live, history: one },
    { loaded, history: other },
  ] as const;
  const { customerId } = one;
  return {
    customerId,
    before: stateOf(before),
    after: stateOf(after),
    rules: elements.flatMap((element) => differencesByRule([before, after], { element, at })),
  };
}

function stateOf({ loaded: { model }, history: { evidence, base, closed } }: ReadHistory): State {
  return fold(model, evidence, base, closed);
}
