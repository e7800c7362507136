import type { Model } from '../model/model.ts';
import type { State } from './state.ts';
import { scales } from '../element.ts';
import { decaySums } from './add.ts';
import { remaining } from '../decay.ts';
import { referenceIndex } from './layout.ts';
import { asState, numberAt } from './state.ts';

/**
 * Merges the states of two members who are one person: the sum of both, decayed to the later of their instants. Commutative and
 * associative; the empty state is the identity. The members must not share an activity.
 */
export function merge(model: Model, a: State, b: State): State {
  const at = Math.max(numberAt(a, referenceIndex), numberAt(b, referenceIndex));
  const sums = decayedTo(model, a, at);
  const others = decayedTo(model, b, at);
  for (let index = 0; index < sums.length; index += 1) sums[index]! += numberAt(others, index);
  sums[referenceIndex] = at;
  return asState(sums);
}

function decayedTo(model: Model, state: State, at: number): number[] {
  const numbers = state.slice();
  const age = at - numberAt(state, referenceIndex);
  for (const scale of scales) decaySums(numbers, scale, remaining(age, model.halfLives[scale]));
  return numbers;
}
