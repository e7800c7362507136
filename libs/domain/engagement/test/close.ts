import { expect } from '@jest/globals';
import type { State } from '../src/index.ts';
import { toNumbers } from '../src/index.ts';

/** Sums that have faded below this are nothing: floating point keeps no more digits of them. */
const nothing = 1e-290;

/** Equal to 1e-9 of `size`, which is that of the greater one unless told otherwise. */
export function expectClose(
  actual: number,
  expected: number,
  size = Math.max(Math.abs(actual), Math.abs(expected)),
): void {
  const isClose = Math.abs(actual - expected) <= 1e-9 * size + nothing;
  if (!isClose) expect(actual).toBe(expected);
}

/** All numbers of two states are equal to 1e-9 of their size. */
export function expectSameState(actual: State, expected: State): void {
  const numbers = toNumbers(expected);
  toNumbers(actual).forEach((number, index) => expectClose(number, numbers[index] ?? Number.NaN));
}

/** Both null, or equal to 1e-9 of their size. */
export function expectSameScore(actual: number | null, expected: number | null): void {
  if (actual === null || expected === null) expect(actual).toBe(expected);
  else expectClose(actual, expected);
}
