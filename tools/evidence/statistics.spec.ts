import { describe, expect, it } from '@jest/globals';
import { bootstrapInterval } from './bootstrap.ts';
import { aucOfLow, quantile, rankCorrelation, ranksOf } from './statistics.ts';

describe('ranks', () => {
  it('begin at 1, and equal values share the mean of theirs', () => {
    expect(ranksOf([30, 10, 20])).toEqual([3, 1, 2]);
    expect(ranksOf([5, 7, 5, 5])).toEqual([2, 4, 2, 2]);
    expect(ranksOf([])).toEqual([]);
  });
});

describe('the rank correlation', () => {
  it('is 1 in the same order, whatever the distances, and −1 in the opposite order', () => {
    expect(rankCorrelation([1, 2, 3], [1, 10, 1000])).toBeCloseTo(1, 12);
    expect(rankCorrelation([1, 2, 3], [9, 5, 0])).toBeCloseTo(-1, 12);
  });

  it('is that of a published example: intelligence and hours of television, −29/165', () => {
    const intelligence = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110];
    const hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17];
    expect(rankCorrelation(intelligence, hours)).toBeCloseTo(-29 / 165, 12);
  });

  it('is not a number if all values are equal', () => {
    expect(rankCorrelation([1, 1], [1, 2])).toBeNaN();
  });
});

describe('the AUC of a number that is low for those with the label', () => {
  const cases = (labelled: number[], others: number[]) => [
    ...labelled.map((value) => ({ value, label: true })),
    ...others.map((value) => ({ value, label: false })),
  ];

  it.each([
    ['1 if all of them are lower', [1, 2], [3, 4], 1],
    ['0 if all of them are higher', [3, 4], [1, 2], 0],
    ['one half if all are equal', [1, 1], [1, 1], 0.5],
    ['the share of the pairs in order', [1, 4], [2, 3, 5], 4 / 6],
  ])('is %s', (_, labelled, others, auc) => {
    expect(aucOfLow(cases(labelled, others))).toBeCloseTo(auc, 12);
  });

  it('is not a number without one of the labels', () => {
    expect(aucOfLow(cases([1], []))).toBeNaN();
  });
});

describe('a quantile', () => {
  it('is interpolated', () => {
    expect([0, 0.25, 0.5, 1].map((share) => quantile([4, 1, 3, 2], share))).toEqual([1, 1.75, 2.5, 4]);
    expect(quantile([7], 0.95)).toBe(7);
    expect(quantile([], 0.5)).toBeNaN();
  });
});

describe('a bootstrap interval', () => {
  const numbers = Array.from({ length: 100 }, (_, index) => index);
  const mean = (sample: readonly number[]) => sample.reduce((sum, one) => sum + one, 0) / sample.length;

  it('is the same for the same seed, and another one for another seed', () => {
    expect(bootstrapInterval(numbers, mean, { seed: 1 })).toEqual(bootstrapInterval(numbers, mean, { seed: 1 }));
    expect(bootstrapInterval(numbers, mean, { seed: 1 })).not.toEqual(bootstrapInterval(numbers, mean, { seed: 2 }));
  });

  it('contains the statistic, with about two standard errors on both sides', () => {
    const [low, high] = bootstrapInterval(numbers, mean, { seed: 1, samples: 1_000 });
    expect(Math.abs(low - (49.5 - 1.96 * 2.887))).toBeLessThan(0.6);
    expect(Math.abs(high - (49.5 + 1.96 * 2.887))).toBeLessThan(0.6);
  });
});
