import { referenceAt, stateLength } from './layout.ts';

declare const opaque: unique symbol;

/**
 * The sums of one member under one model: plain numbers (see `layout.ts`), never changed once made.
 * A cache of the fold over the member's evidence: it can be brought forward, not back.
 */
export type State = readonly number[] & { readonly [opaque]: 'state' };

/** The earliest instant that a Date can name: evidence of any age is later. */
const beforeAll = -8.64e15;

/** The numbers of a state that knows nothing, to be filled by whoever asked for them. */
export function blankNumbers(): number[] {
  const numbers = new Array<number>(stateLength).fill(0);
  numbers[referenceAt] = beforeAll;
  return numbers;
}

/** Declares the numbers a state. Who calls this changes them no more. */
export function asState(numbers: readonly number[]): State {
  return numbers as State;
}

/** The state of a member of whom nothing is known. */
export function emptyState(): State {
  return asState(blankNumbers());
}

/** The number at an index of the layout. */
export function numberAt(numbers: readonly number[], index: number): number {
  return numbers[index] ?? 0;
}

/**
 * The state as 56 numbers in the fixed order of `layout.ts`, for one packed database column: reference instant, counts of the
 * elements and channels, then W, V of the elements and channels for bond and for mood. A copy.
 */
export function toNumbers(state: State): Float64Array {
  return new Float64Array(state);
}

/**
 * The state that `toNumbers` packed.
 *
 * @throws RangeError when the length is wrong or a number is not finite: the column holds something else.
 */
export function fromNumbers(numbers: Float64Array): State {
  if (numbers.length !== stateLength) {
    throw new RangeError(`A state has ${stateLength} numbers, not ${numbers.length}.`);
  }
  const state = blankNumbers();
  for (let index = 0; index < stateLength; index += 1) {
    const number = numbers[index] ?? Number.NaN;
    if (!Number.isFinite(number)) throw new RangeError(`Number ${index} of the state is ${number}.`);
    state[index] = number;
  }
  return asState(state);
}
