import type { Evidence } from '../evidence.ts';
import type { Model } from '../model/model.ts';
import { type Closed, heldBy, holdersOf, isPreferred, noneClosed, settle, uncounted } from './settle.ts';
import { onlyMatterOf, tellsMatters } from './tellings.ts';

/** What changes with one more activity of a customer. */
export interface Arrival {
  /** What counted so far and does not count any more, for `subtract`. */
  readonly subtract: readonly Evidence[];
  /** What counts from now on, for `add`. The arrived evidence is always part of it, also if nothing of it counts. */
  readonly add: readonly Evidence[];
  /** The keys under which the arrived evidence must be found again. It may be forgotten under its other keys. */
  readonly holds: readonly string[];
}

/**
 * What changes with evidence that arrives, in any order. The states of the members after it are those of a fold over all evidence of the customer.
 *
 * `known` is the evidence of the customer, of all members, that was found under the keys of `mattersOf(arrived)`.
 */
export function arrive(
  model: Model,
  known: readonly Evidence[],
  arrived: Evidence,
  closed: Closed = noneClosed,
): Arrival {
  if (!tellsMatters(arrived)) return { subtract: [], add: [arrived], holds: [] };
  const usual = arriveUsually(model, known, arrived, closed);
  if (usual) return usual;
  const all = [...known, arrived];
  const before = settle(model, known, closed);
  const after = settle(model, all, closed);
  const pairs = before.map((one, index) => [one, after[index]!] as const);
  return {
    subtract: pairs.flatMap(([was, is]) => difference(was, is)),
    add: [after.at(-1)!, ...pairs.flatMap(([was, is]) => difference(is, was))],
    holds: heldBy(holdersOf(model, all), arrived),
  };
}

/**
 * The usual cases, without a look at anything else: evidence about one matter that counts once, as its first telling, or after one that stands for it.
 * Undefined in other cases.
 */
function arriveUsually(
  model: Model,
  known: readonly Evidence[],
  arrived: Evidence,
  closed: Closed,
): Arrival | undefined {
  const key = onlyMatterOf(arrived);
  if (key === undefined || closed.has(key)) return undefined;
  if (known.length === 0) return { subtract: [], add: [arrived], holds: [key] };
  if (!known.every((one) => onlyMatterOf(one) === key && !isPreferred(model, arrived, one))) return undefined;
  const { signals, purchase, ...rest } = arrived;
  const repeat = { ...rest, signals: signals.map(uncounted) };
  return { subtract: [], add: [purchase ? { ...repeat, purchase: uncounted(purchase) } : repeat], holds: [] };
}

/** What counts in `one` and not in `other`, of the same activity: as a list of one item, or of none. */
export function difference(one: Evidence, other: Evidence): Evidence[] {
  const signals = one.signals.filter(({ counts }, index) => counts !== false && other.signals[index]?.counts === false);
  const { purchase, ...rest } = one;
  const hasPurchase = purchase !== undefined && purchase.counts !== false && other.purchase?.counts === false;
  if (signals.length === 0 && !hasPurchase) return [];
  return [hasPurchase ? { ...rest, signals, purchase } : { ...rest, signals }];
}
