import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { backoffMs } from '../src/index.ts';

const attempts = fc.integer({ min: 1, max: 10_000 });
const chances = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('the pause after a failed attempt', () => {
  test('doubles from 100 ms to 5 s, with a random half', () => {
    const pauses = [1, 2, 3, 4, 5, 6, 7, 8, 2_000];
    expect(pauses.map((attempt) => backoffMs(attempt, undefined, 0))).toEqual([
      50, 100, 200, 400, 800, 1_600, 2_500, 2_500, 2_500,
    ]);
    expect(backoffMs(1, undefined, 0.5)).toBe(75);
  });

  test('is between half of its ceiling and its ceiling', () => {
    fc.assert(
      fc.property(attempts, chances, (attempt, random) => {
        const ms = backoffMs(attempt, { minMs: 10, maxMs: 1_000 }, random);
        const ceiling = Math.min(1_000, 10 * 2 ** (attempt - 1));
        return ms >= ceiling / 2 && ms <= ceiling;
      }),
    );
  });
});
