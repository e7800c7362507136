import { expect } from '@jest/globals';
import type { State } from '../src/index.ts';
import { toNumbers } from '../src/index.ts';

/** Sums below this count as 0: floating point has too few digits for them. */
const negligible = 1e-290;

/** Expects equality to 1e-9 of `size`. The default size is the greater absolute value. */
export function expectClose(
  actual: number,
  expected: number,
  size = Math.max(Math.abs(actual), Math.abs(expected)),
): void {
  const isClose = Math.abs(actual - expected) <= 1e-9 * size + negligible;
  if (!isClose) expect(actual).toBe(expected);
}

/** Expects all numbers of two states to be equal to 1e-9 of their size. */
export function expectSameState(actual: State, expected: State): void {
  const numbers = toNumbers(expected);
  toNumbers(actual).forEach((number, index) => expectClose(number, numbers[index] ?? Number.NaN));
}

/** Expects two scores to be null or equal to 1e-9 of their size. */
export function expectSameScore(actual: number | null, expected: number | null): void {
  if (actual === null || expected === null) expect(actual).toBe(expected);
  else expectClose(actual, expected);
}
