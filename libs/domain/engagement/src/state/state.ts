import { channels } from '../activity.ts';
import { channelCount, referenceIndex, stateLength } from './layout.ts';

declare const opaque: unique symbol;

/**
 * The sums of one member under one model: immutable numbers (see `layout.ts`).
 * A cache of the fold over the evidence of the member. It can be moved forward in time, not back.
 */
export type State = readonly number[] & { readonly [opaque]: 'state' };

/** The earliest instant of a `Date`: any evidence is later. */
const earliestInstant = -8.64e15;

/** The numbers of an empty state, for the caller to fill. */
export function blankNumbers(): number[] {
  const numbers = new Array<number>(stateLength).fill(0);
  numbers[referenceIndex] = earliestInstant;
  return numbers;
}

/** Declares the numbers a state. The caller must not change them afterwards. */
export function asState(numbers: readonly number[]): State {
  return numbers as State;
}

/** The state of a member without evidence. */
export function emptyState(): State {
  return asState(blankNumbers());
}

/** The number at an index of the layout. */
export function numberAt(numbers: readonly number[], index: number): number {
  return numbers[index] ?? 0;
}

/** The number of activities in the state that count: those with several matters once for each. */
export function activityCount(state: State): number {
  return channels.reduce((sum, channel) => sum + numberAt(state, channelCount[channel]), 0);
}

/** The instant of the latest activity in the state, in milliseconds since 1970; undefined for the empty state. */
export function latestActivityAt(state: State): number | undefined {
  const at = numberAt(state, referenceIndex);
  return at === earliestInstant ? undefined : at;
}

/**
 * A copy of the state as 100 numbers in the fixed order of `layout.ts`, to store it. Most of them are 0 for most members.
 */
export function toNumbers(state: State): Float64Array {
  return Float64Array.from(state);
}

/**
 * The inverse of `toNumbers`.
 *
 * @throws RangeError if the length is wrong or a number is not finite: the numbers are not a state.
 */
export function fromNumbers(numbers: ArrayLike<number>): State {
  if (numbers.length !== stateLength) {
    throw new RangeError(`A state must have ${stateLength} numbers, got ${numbers.length}.`);
  }
  const state = blankNumbers();
  for (let index = 0; index < stateLength; index += 1) {
    const number = numbers[index] ?? Number.NaN;
    if (!Number.isFinite(number)) throw new RangeError(`Number ${index} of the state must be finite, got ${number}.`);
    state[index] = number;
  }
  return asState(state);
}
