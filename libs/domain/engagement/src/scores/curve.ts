import type { Evidence } from '../evidence.ts';
import { arrive } from '../matters/arrive.ts';
import type { Closed } from '../matters/settle.ts';
import { mattersOf } from '../matters/tellings.ts';
import type { Model } from '../model/model.ts';
import { add } from '../state/add.ts';
import { emptyState, latestActivityAt, type State } from '../state/state.ts';
import { subtract } from '../state/subtract.ts';
import { type Scores, scoresAt } from './scores-at.ts';

/** The scores of one customer at each of these instants: of the states of `statesAt`. */
export function curve(
  model: Model,
  evidence: readonly Evidence[],
  instants: readonly number[],
  base?: State,
  closed?: Closed,
): Scores[] {
  const states = statesAt(model, evidence, instants, base, closed);
  return states.map((state, index) => scoresAt(model, state, instants[index]!));
}

/**
 * The states of one customer at each of these instants, which ascend, in milliseconds since 1970. They are those of the fold over the evidence up to the
 * instant, also where a matter is told again later. One pass: the work is that of the evidence and of the instants, not of their product.
 *
 * @param base the state of the evidence that is no longer kept
 * @param closed the matters that count by it
 * @throws RangeError if an instant is before the latest evidence in the base: a state cannot be moved back in time.
 */
export function statesAt(
  model: Model,
  evidence: readonly Evidence[],
  instants: readonly number[],
  base: State = emptyState(),
  closed?: Closed,
): State[] {
  const [first = Infinity] = instants;
  if (first < (latestActivityAt(base) ?? first))
    throw new RangeError('No instant may be before the latest evidence in the base.');
  const inOrder = evidence.toSorted((one, other) => one.at - other.at);
  const told = new Map<string, Evidence[]>();
  let state = base;
  let next = 0;
  return instants.map((instant) => {
    for (; next < inOrder.length && inOrder[next]!.at <= instant; next += 1) {
      const one = inOrder[next]!;
      const known = new Set(mattersOf(one).flatMap((key) => told.get(key) ?? []));
      const arrival = arrive(model, [...known], one, closed);
      for (const gone of arrival.subtract) state = subtract(model, state, gone);
      for (const come of arrival.add) state = add(model, state, come);
      for (const key of arrival.holds) told.set(key, [...(told.get(key) ?? []), one]);
    }
    return state;
  });
}
