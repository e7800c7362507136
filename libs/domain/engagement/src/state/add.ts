import type { Scale } from '../element.ts';
import { scales } from '../element.ts';
import type { Evidence, Signal } from '../evidence.ts';
import { isEvidence } from '../evidence.ts';
import { type Closed, settle } from '../matters/settle.ts';
import type { Model } from '../model/model.ts';
import { remaining } from '../decay.ts';
import {
  amountCount,
  amountLayout,
  type Block,
  channelCount,
  elementCount,
  firstPurchaseAt,
  hasPurchase,
  lastPurchaseAt,
  pricedCount,
  purchaseCount,
  referenceIndex,
  scaleLayout,
  usualAmount,
} from './layout.ts';
import { asState, emptyState, numberAt, type State } from './state.ts';

/**
 * Adds the evidence of one activity. Later evidence brings the state forward; older evidence is added with its decayed weight.
 * The order does not matter. The caller must add each activity only once, and must settle its matters before (`settle`, `arrive`).
 * Evidence without signals and without a purchase changes nothing.
 */
export function add(model: Model, state: State, evidence: Evidence): State {
  const numbers = state.slice();
  accumulate(model, numbers, evidence);
  return asState(numbers);
}

/** Like `add`, for many activities: exactly the same numbers as one after another. */
export function addAll(model: Model, settled: readonly Evidence[], base: State = emptyState()): State {
  const numbers = base.slice();
  for (const one of settled) accumulate(model, numbers, one);
  return asState(numbers);
}

/**
 * The state after all evidence of a customer, in any order, with its matters settled. It begins with `base`, the state of evidence that is no longer kept, and
 * `closed`, the matters that count by that evidence. No activity may be in both.
 */
export function fold(model: Model, evidence: Iterable<Evidence>, base?: State, closed?: Closed): State {
  return addAll(model, settle(model, [...evidence], closed), base);
}

/** Multiplies the sums of a block by `decayFactor`, in place. */
export function decaySums(numbers: number[], { start, end }: Block, decayFactor: number): void {
  if (decayFactor === 1) return;
  for (let index = start; index < end; index += 1) numbers[index] = numberAt(numbers, index) * decayFactor;
}

/** Multiplies all sums of a scale by `decayFactor`, in place. */
export function decayScale(numbers: number[], scale: Scale, decayFactor: number): void {
  decaySums(numbers, scaleLayout[scale], decayFactor);
  if (hasAmounts(numbers)) decaySums(numbers, amountLayout[scale], decayFactor);
}

function hasAmounts(numbers: readonly number[]): boolean {
  return numberAt(numbers, amountCount) > 0 || numberAt(numbers, pricedCount) > 0;
}

function accumulate(model: Model, numbers: number[], evidence: Evidence): void {
  if (!isEvidence(evidence)) return;
  bringTo(model, numbers, evidence.at);
  const age = numberAt(numbers, referenceIndex) - evidence.at;
  for (const scale of scales) {
    addSignals(numbers, evidence, { scale, factor: remaining(age, model.halfLives[scale]) });
  }
  count(numbers, evidence, 1);
  if (evidence.purchase !== undefined) see(numbers, evidence.at);
}

/** Brings the sums forward to an instant, in place. Nothing changes if they are of a later one. */
function bringTo(model: Model, numbers: number[], at: number): void {
  const age = at - numberAt(numbers, referenceIndex);
  if (age <= 0) return;
  for (const scale of scales) decayScale(numbers, scale, remaining(age, model.halfLives[scale]));
  numbers[referenceIndex] = at;
}

/** `factor`: what remains of a weight; below 0 to subtract it. */
export function addSignals(
  numbers: number[],
  { channel, signals, purchase }: Evidence,
  { scale, factor }: { readonly scale: Scale; readonly factor: number },
): void {
  const { element, channel: channelSums } = scaleLayout[scale];
  const inChannel = channelSums[channel];
  for (const signal of signals) {
    if (signal.counts === false) continue;
    const weight = signal.weight * factor;
    const good = weight * signal.valence;
    increase(numbers, inChannel, weight);
    increase(numbers, inChannel + 1, good);
    if (signal.amount === undefined) {
      const inElement = element[signal.element];
      increase(numbers, inElement, weight);
      increase(numbers, inElement + 1, good);
    } else {
      const inAmounts = amountLayout[scale].element[signal.element];
      increase(numbers, inAmounts, weight);
      increase(numbers, inAmounts + 1, weight * signal.amount);
      increase(numbers, inAmounts + 2, weight * signal.amount * signal.valence);
    }
  }
  if (scale === 'bond' && purchase?.amount !== undefined && purchase.counts !== false) {
    increase(numbers, usualAmount, factor);
    increase(numbers, usualAmount + 1, factor * purchase.amount);
  }
}

/** Counts what counts: an activity once for its channel and for each element; if it tells about several matters, once for each of them. */
export function count(numbers: number[], { channel, signals, purchase }: Evidence, by: 1 | -1): void {
  for (let index = 0; index < signals.length; index += 1) {
    const signal = signals[index]!;
    if (signal.counts === false) continue;
    const isSame = (other: Signal) => other.counts !== false && isCountedTogether(other, signal);
    if (signals.findIndex(isSame) === index) increase(numbers, channelCount[channel], by);
    const isFirst = signals.findIndex((other) => other.element === signal.element && isSame(other)) === index;
    if (isFirst) increase(numbers, elementCount[signal.element], by);
    if (signal.amount !== undefined) increase(numbers, amountCount, by);
  }
  if (purchase === undefined || purchase.counts === false) return;
  increase(numbers, purchaseCount, by);
  if (purchase.amount !== undefined) increase(numbers, pricedCount, by);
}

/** Whether both always count together: if they tell about the same matter, or both about none. */
function isCountedTogether(one: Signal, other: Signal): boolean {
  return (
    one.once === other.once &&
    one.again === other.again &&
    (one.inOtherChannel ?? false) === (other.inOtherChannel ?? false)
  );
}

/** Moves the instants of the first and the last purchase. */
function see(numbers: number[], at: number): void {
  const isFirst = numberAt(numbers, hasPurchase) === 0;
  numbers[hasPurchase] = 1;
  numbers[firstPurchaseAt] = isFirst ? at : Math.min(at, numberAt(numbers, firstPurchaseAt));
  numbers[lastPurchaseAt] = isFirst ? at : Math.max(at, numberAt(numbers, lastPurchaseAt));
}

function increase(numbers: number[], index: number, by: number): void {
  numbers[index] = numberAt(numbers, index) + by;
}
