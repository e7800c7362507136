import { scales } from '../element.ts';
import { remaining } from '../decay.ts';
import type { Model } from '../model/model.ts';
import { decayScale } from './add.ts';
import { firstPurchaseAt, hasPurchase, lastPurchaseAt, referenceIndex } from './layout.ts';
import { asState, numberAt, type State } from './state.ts';

/**
 * Merges the states of two members who are one person: the sum of both, decayed to the later of their instants. Commutative and
 * associative; the empty state is the identity. The members must not share an activity, and their matters must be settled together.
 */
export function merge(model: Model, a: State, b: State): State {
  const [earlier, later] = numberAt(a, referenceIndex) <= numberAt(b, referenceIndex) ? [a, b] : [b, a];
  const at = numberAt(later, referenceIndex);
  const sums = decayedTo(model, earlier, at);
  for (let index = 0; index < sums.length; index += 1) sums[index]! += numberAt(later, index);
  sums[referenceIndex] = at;
  mergePurchases(sums, a, b);
  return asState(sums);
}

/** The instants of the purchases are not summed. */
function mergePurchases(merged: number[], a: State, b: State): void {
  const either = numberAt(a, hasPurchase) === 0 ? b : a;
  const isBoth = numberAt(merged, hasPurchase) === 2;
  merged[hasPurchase] = numberAt(either, hasPurchase);
  merged[firstPurchaseAt] = isBoth
    ? Math.min(numberAt(a, firstPurchaseAt), numberAt(b, firstPurchaseAt))
    : numberAt(either, firstPurchaseAt);
  merged[lastPurchaseAt] = isBoth
    ? Math.max(numberAt(a, lastPurchaseAt), numberAt(b, lastPurchaseAt))
    : numberAt(either, lastPurchaseAt);
}

function decayedTo(model: Model, state: State, at: number): number[] {
  const numbers = state.slice();
  const age = at - numberAt(state, referenceIndex);
  for (const scale of scales) decayScale(numbers, scale, remaining(age, model.halfLives[scale]));
  return numbers;
}
