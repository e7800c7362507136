import type { Evidence } from '../evidence.ts';
import type { Model } from '../model/model.ts';
import { type Arrival, difference } from './arrive.ts';
import { type Closed, settle } from './settle.ts';

/** What one customer's members told about some matters, and which of these are closed. */
export interface Told {
  readonly tellings: readonly Evidence[];
  readonly closed: Closed;
}

/**
 * What changes when members move from some customers to others. Each group has what the members of one customer told about the matters that several of
 * them told about. Both lists have the same evidence, in other groups.
 */
export function regroup(
  model: Model,
  before: readonly Told[],
  after: readonly Told[],
): Pick<Arrival, 'subtract' | 'add'> {
  const settled = (groups: readonly Told[]) =>
    groups.flatMap(({ tellings, closed }) => settle(model, tellings, closed));
  const was = new Map(settled(before).map((one) => [one.activityId, one]));
  const pairs = settled(after).flatMap((is) => {
    const former = was.get(is.activityId);
    return former ? [[former, is] as const] : [];
  });
  return {
    subtract: pairs.flatMap(([former, is]) => difference(former, is)),
    add: pairs.flatMap(([former, is]) => difference(is, former)),
  };
}
