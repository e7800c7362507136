import { emptyState, merge, type Model, type State } from '@sestante/engagement';

/** The sum of the states, or of the bases, of a customer's members. */
export function sumOf(model: Model, states: Iterable<State>): State {
  let sum: State | undefined;
  for (const state of states) sum = sum ? merge(model, sum, state) : state;
  return sum ?? emptyState();
}
