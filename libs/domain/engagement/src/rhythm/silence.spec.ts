import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { daysAgo, now } from '../testing/index.ts';
import { silence } from './silence.ts';

const grocer = { shape: 1.2, rateDays: 15 };

/** The chance of silence by definition: the mean of e^(−λs) over the gamma distribution of the rate λ, by Simpson's rule. */
function chanceByIntegration(shape: number, rate: number, silentDays: number): number {
  // λ = x², so that the density is smooth at 0 for a shape of 1/2 or more.
  const density = (x: number) => (x === 0 && shape > 0.5 ? 0 : 2 * x ** (2 * shape - 1) * Math.exp(-rate * x * x));
  const integrate = (of: (x: number) => number) => {
    const [steps, end] = [40_000, Math.sqrt((shape + 60 + 12 * Math.sqrt(shape)) / rate)];
    let sum = of(0) + of(end);
    for (let step = 1; step < steps; step += 1) sum += of((end * step) / steps) * (step % 2 === 1 ? 4 : 2);
    return (sum * end) / steps / 3;
  };
  return integrate((x) => density(x) * Math.exp(-silentDays * x * x)) / integrate(density);
}

describe('the chance of a silence', () => {
  it.each([
    [1, 0, 10, 1],
    [1, 0, 30, 1.5],
    [3, 20, 40, 1],
    [62, 300, 5, 0.8],
    [62, 300, 130, 1.2],
    [2, 0, 700, 3],
  ])(
    'after %d purchases in %d days, silent for %d, is the mean over all rates',
    (purchases, observed, silent, shape) => {
      const bought = { purchases, firstAt: daysAgo(observed + silent), lastAt: daysAgo(silent) };
      const { chance } = silence({ shape, rateDays: 15 }, bought, now);
      expect(chance).toBeCloseTo(chanceByIntegration(shape + purchases - 1, 15 + observed, silent), 9);
    },
  );

  it('is a geometric series for a shape of 1: one purchase, silent for as long as the rate, is a half', () => {
    const bought = { purchases: 1, firstAt: daysAgo(15), lastAt: daysAgo(15) };
    expect(silence({ shape: 1, rateDays: 15 }, bought, now).chance).toBeCloseTo(0.5, 12);
  });

  it('is nearly e^(−s/interval) for a customer with many purchases', () => {
    const bought = { purchases: 10_001, firstAt: daysAgo(50_010), lastAt: daysAgo(10) };
    expect(silence(grocer, bought, now).chance).toBeCloseTo(Math.exp(-2), 3);
  });

  it('says how often the customer usually buys', () => {
    const { usualDays, silentDays, purchases } = silence(
      grocer,
      { purchases: 61, firstAt: daysAgo(430), lastAt: daysAgo(130) },
      now,
    );
    expect([purchases, silentDays]).toEqual([61, 130]);
    expect(usualDays).toBeCloseTo((15 + 300) / (1.2 + 60), 12);
  });

  it('is 1 at the last purchase, and at any instant before it', () => {
    const bought = { purchases: 3, firstAt: daysAgo(30), lastAt: daysAgo(5) };
    for (const at of [daysAgo(5), daysAgo(9)]) {
      expect(silence(grocer, bought, at)).toMatchObject({ silentDays: 0, chance: 1, surprise: 0 });
    }
  });

  it.each([
    ['one purchase', { purchases: 1, firstAt: daysAgo(3), lastAt: daysAgo(3) }],
    ['two purchases in one second', { purchases: 2, firstAt: daysAgo(3), lastAt: daysAgo(3) + 1_000 }],
    ['50 years of purchases', { purchases: 2_600, firstAt: daysAgo(50 * 365.25), lastAt: daysAgo(3) }],
    ['none that counts', { purchases: 0, firstAt: daysAgo(3), lastAt: daysAgo(3) }],
  ])('is a chance for %s', (_, bought) => {
    const { chance, surprise, usualDays } = silence(grocer, bought, now);
    expect(chance).toBeGreaterThan(0);
    expect(chance).toBeLessThan(1);
    expect(chance + surprise).toBeCloseTo(1, 12);
    expect(Number.isFinite(usualDays) && usualDays > 0).toBe(true);
  });

  it('falls with the silence and lies within 0..1, for any history', () => {
    const days = fc.double({ min: 0, max: 40_000, noNaN: true });
    const rates = fc.record({
      shape: fc.double({ min: 1e-6, max: 1000, noNaN: true }),
      rateDays: fc.double({ min: 1e-6, max: 100_000, noNaN: true }),
    });
    fc.assert(
      fc.property(rates, fc.nat(5000), days, days, days, (rhythm, purchases, observed, one, other) => {
        const last = now - 40_000 * 86_400_000;
        const bought = { purchases, firstAt: last - observed * 86_400_000, lastAt: last };
        const [sooner, later] = [Math.min(one, other), Math.max(one, other)].map(
          (silent) => silence(rhythm, bought, last + silent * 86_400_000).chance,
        );
        expect(later).toBeLessThanOrEqual(sooner ?? 0);
        for (const chance of [sooner, later]) {
          expect(chance).toBeGreaterThanOrEqual(0);
          expect(chance).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
