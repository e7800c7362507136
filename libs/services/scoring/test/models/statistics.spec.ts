import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { distributionOf, rankCorrelation } from '../../src/models/differences/statistics.ts';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -100, max: 100 });

describe('a distribution', () => {
  it('has the mean, and percentiles between the nearest ranks', () => {
    expect(distributionOf([10, 0, 20, 30, 40])).toEqual({ mean: 20, p5: 2, p50: 20, p95: 38 });
    expect(distributionOf([7])).toEqual({ mean: 7, p5: 7, p50: 7, p95: 7 });
    expect(distributionOf([])).toBeUndefined();
  });

  it('has its percentiles in order, within the numbers', () =>
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1 }), (numbers) => {
        const { p5, p50, p95 } = distributionOf(numbers)!;
        const order = [Math.min(...numbers), p5, p50, p95, Math.max(...numbers)];
        for (let index = 1; index < order.length; index += 1)
          expect(order[index]! - order[index - 1]!).toBeGreaterThanOrEqual(-1e-9);
      }),
    ));
});

describe('the rank correlation', () => {
  it('is that of a worked example: IQ and hours of television (Wikipedia, Spearman)', () => {
    const iq = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110];
    const hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17];
    expect(rankCorrelation(iq, hours)).toBeCloseTo(-29 / 165, 12);
  });

  it('gives equal numbers the mean of their ranks', () => {
    expect(rankCorrelation([1, 2, 2, 3], [1, 2, 3, 4])).toBeCloseTo(0.9486832980505138, 12);
  });

  it.each([[[]], [[1]], [[2, 2, 2]]])('of %j with itself is not defined', (numbers) => {
    expect(rankCorrelation(numbers, numbers)).toBeNull();
  });

  it('is 1 for the same order, −1 for the reverse one', () =>
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer(), { minLength: 2 }), (numbers) => {
        expect(
          rankCorrelation(
            numbers,
            numbers.map((number) => 3 * number + 1),
          ),
        ).toBeCloseTo(1, 12);
        expect(
          rankCorrelation(
            numbers,
            numbers.map((number) => -number),
          ),
        ).toBeCloseTo(-1, 12);
      }),
    ));
});
