import type { Model } from '../model/model.ts';
import type { State } from './state.ts';
import { scales } from '../element.ts';
import { decaySums } from './add.ts';
import { remaining } from '../decay.ts';
import { referenceAt } from './layout.ts';
import { asState, numberAt } from './state.ts';

/**
 * The state of two members who are one person: the sum of both, brought to the later of their instants. Commutative and associative;
 * the empty state changes nothing. The members must not share an activity.
 */
export function merge(model: Model, a: State, b: State): State {
  const at = Math.max(numberAt(a, referenceAt), numberAt(b, referenceAt));
  const numbers = broughtTo(model, a, at);
  const others = broughtTo(model, b, at);
  const sums = numbers.map((number, index) => number + numberAt(others, index));
  sums[referenceAt] = at;
  return asState(sums);
}

function broughtTo(model: Model, state: State, at: number): number[] {
  const numbers = state.slice();
  const age = at - numberAt(state, referenceAt);
  for (const scale of scales) decaySums(numbers, scale, remaining(age, model.halfLives[scale]));
  return numbers;
}
