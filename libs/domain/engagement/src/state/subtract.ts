import { channels } from '../activity.ts';
import { remaining } from '../decay.ts';
import { elements, scales } from '../element.ts';
import type { Evidence } from '../evidence.ts';
import type { Model } from '../model/model.ts';
import { addSignals, count } from './add.ts';
import {
  amountCount,
  amountLayout,
  channelCount,
  elementCount,
  pricedCount,
  referenceIndex,
  scaleLayout,
  usualAmount,
} from './layout.ts';
import { asState, numberAt, type State } from './state.ts';

/**
 * Removes from the sums and counts what was added of an activity, to float rounding. The instants of the state stay: its latest evidence, and the first and the last
 * telling of a purchase, are those of everything that was told.
 */
export function subtract(model: Model, state: State, evidence: Evidence): State {
  const numbers = state.slice();
  const age = numberAt(numbers, referenceIndex) - evidence.at;
  for (const scale of scales) {
    addSignals(numbers, evidence, { scale, factor: -remaining(age, model.halfLives[scale]) });
  }
  count(numbers, evidence, -1);
  clearRemainders(numbers);
  return asState(numbers);
}

/** Clears what rounding leaves of sums: of nothing, or below 0. */
function clearRemainders(numbers: number[]): void {
  for (const scale of scales) {
    const sums = scaleLayout[scale];
    for (const channel of channels)
      clear(numbers, sums.channel[channel], numberAt(numbers, channelCount[channel]) === 0);
    for (const element of elements) {
      const isEmpty = numberAt(numbers, elementCount[element]) === 0;
      clear(numbers, sums.element[element], isEmpty);
      const amounts = amountLayout[scale].element[element];
      const hasNoAmounts = isEmpty || numberAt(numbers, amountCount) === 0;
      clear(numbers, amounts + 1, hasNoAmounts);
      numbers[amounts] = hasNoAmounts ? 0 : Math.max(0, numberAt(numbers, amounts));
    }
  }
  if (numberAt(numbers, pricedCount) > 0) return;
  numbers[usualAmount] = 0;
  numbers[usualAmount + 1] = 0;
}

/** Of a sum and the part of it at the next index, which is not greater. */
function clear(numbers: number[], index: number, isEmpty: boolean): void {
  const sum = isEmpty ? 0 : Math.max(0, numberAt(numbers, index));
  numbers[index] = sum;
  numbers[index + 1] = Math.min(sum, Math.max(0, numberAt(numbers, index + 1)));
}
