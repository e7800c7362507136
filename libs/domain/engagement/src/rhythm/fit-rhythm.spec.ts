import { describe, expect, it } from '@jest/globals';
import { cdnowCustomers } from '../../test/cdnow.ts';
import { fitRhythm, type ObservedPurchases } from './fit-rhythm.ts';

/** Numbers from 0 to 1 that are the same in every run: mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Customers who buy as the model says: a rate from a gamma distribution with a whole shape, then purchases at that rate. */
function population(count: number, { shape, rateDays, seed }: { shape: number; rateDays: number; seed: number }) {
  const random = randomFrom(seed);
  const wait = (rate: number) => -Math.log(1 - random()) / rate;
  return Array.from({ length: count }, (): ObservedPurchases => {
    let rate = 0;
    for (let part = 0; part < shape; part += 1) rate += wait(rateDays);
    const days = 30 + 335 * random();
    let purchases = 1;
    for (let at = wait(rate); at < days; at += wait(rate)) purchases += 1;
    return { purchases, days };
  });
}

describe('a fitted rhythm', () => {
  it.each([
    { shape: 1, rateDays: 20, seed: 1 },
    { shape: 2, rateDays: 15, seed: 2 },
    { shape: 3, rateDays: 100, seed: 3 },
  ])('has the parameters with which the purchases were generated: %j', (truth) => {
    const fitted = fitRhythm(population(5_000, truth));
    expect(Math.abs(fitted.shape / truth.shape - 1)).toBeLessThan(0.08);
    expect(Math.abs(fitted.rateDays / truth.rateDays - 1)).toBeLessThan(0.08);
  });

  it('has the published parameters for the customers of CDNOW', () => {
    // Fader, Hardie: Illustrating the Performance of the NBD as a Benchmark Model for Customer-Base Analysis (2004), in weeks.
    const { shape, rateDays, logLikelihood } = fitRhythm(cdnowCustomers);
    expect(cdnowCustomers).toHaveLength(2_357);
    expect(shape).toBeCloseTo(0.385, 3);
    expect(rateDays / 7).toBeCloseTo(12.072, 3);
    expect(logLikelihood + sumOf(cdnowCustomers, timing)).toBeCloseTo(-9763.66, 2);
  });

  it('is more likely than any neighbour', () => {
    const customers = population(500, { shape: 2, rateDays: 15, seed: 4 });
    const { shape, rateDays, logLikelihood } = fitRhythm(customers);
    for (const [r, a] of [
      [0.99, 1],
      [1.01, 1],
      [1, 0.99],
      [1, 1.01],
      [1.01, 1.01],
    ] as const) {
      expect(likelihoodByHand(customers, shape * r, rateDays * a)).toBeLessThan(logLikelihood);
    }
    expect(likelihoodByHand(customers, shape, rateDays)).toBeCloseTo(logLikelihood, 6);
  });

  it('is the same for any order of the customers', () => {
    const customers = population(200, { shape: 1, rateDays: 10, seed: 5 });
    const [one, other] = [fitRhythm(customers), fitRhythm(customers.toReversed())];
    expect(other.shape).toBeCloseTo(one.shape, 4);
    expect(other.rateDays).toBeCloseTo(one.rateDays, 3);
  });

  it.each([
    ['nobody', []],
    ['one who was observed for no time', [{ purchases: 1, days: 0 }]],
    ['one without a purchase', [{ purchases: 0, days: 10 }]],
  ])('does not exist for %s', (_, customers) => {
    expect(() => fitRhythm(customers)).toThrow(RangeError);
  });

  it('exists for customers who never came back', () => {
    const { shape, rateDays } = fitRhythm([
      { purchases: 1, days: 10 },
      { purchases: 1, days: 20 },
    ]);
    expect(shape / rateDays).toBeLessThan(1e-6);
  });
});

/** The sum of the logarithms of the likelihoods, factor by factor. */
function likelihoodByHand(customers: readonly ObservedPurchases[], shape: number, rateDays: number): number {
  let sum = 0;
  for (const { purchases, days } of customers) {
    const repeats = purchases - 1;
    for (let index = 0; index < repeats; index += 1) sum += Math.log((shape + index) / (index + 1));
    sum += shape * Math.log(rateDays / (rateDays + days)) + repeats * Math.log(days / (rateDays + days));
  }
  return sum;
}

/** The literature leaves out the part of the likelihood that does not depend on the parameters, and counts in weeks: log(x! / weeks^x). */
function timing({ purchases, days }: ObservedPurchases): number {
  let sum = 0;
  for (let repeat = 1; repeat < purchases; repeat += 1) sum += Math.log(repeat) - Math.log(days / 7);
  return sum;
}

function sumOf<Item>(items: readonly Item[], valueOf: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + valueOf(item), 0);
}
