import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Tally } from './spread.ts';

const tallyOf = (scores: readonly number[]) => {
  const tally = new Tally();
  for (const score of scores) tally.addScore(score);
  return tally.spread();
};

describe('the spread of scores', () => {
  it('has no mean and no quartiles without customers', () => {
    expect(tallyOf([])).toEqual({ customers: 0, mean: null, quartiles: null, histogram: Array(20).fill(0) });
  });

  it.each([
    [0, 0],
    [4.999, 0],
    [5, 1],
    [94.999, 18],
    [95, 19],
    [100, 19],
  ])('counts %d in the bar %d', (score, bar) => {
    expect(tallyOf([score]).histogram.indexOf(1)).toBe(bar);
  });

  it('has quartiles within a tenth of a point of a score, with a quarter of the scores between them', () => {
    const scores = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(scores, (given) => {
        const { quartiles, mean } = tallyOf(given);
        const sorted = given.toSorted((one, other) => one - other);
        for (const [index, quartile] of quartiles!.entries()) {
          const exact = sorted[Math.ceil(((index + 1) / 4) * sorted.length) - 1]!;
          expect(Math.abs(quartile - exact)).toBeLessThanOrEqual(0.1 + 1e-9);
        }
        const sum = given.reduce((total, score) => total + score, 0);
        expect(mean).toBeCloseTo(sum / given.length, 8);
      }),
    );
  });
});
