import { describe, expect, it } from '@jest/globals';
import { compileModel } from '../model/compile-model.ts';
import { fold } from '../state/add.ts';
import { aModelDocument, anEvidence, aSignal, daysAgo, now } from '../testing/index.ts';
import { explain } from './explain.ts';
import { scoresAt } from './scores-at.ts';

const model = compileModel(aModelDocument({ purchases: { activities: ['order.completed'], mostTimesUsual: 3 } }));
const ofValue = { element: 'value', scale: 'bond', at: now } as const;

let count = 0;
/** A purchase that says nothing else. */
const aPurchase = (amount: number, daysBefore = 0) =>
  anEvidence({ activityId: `p-${++count}`, at: daysAgo(daysBefore), signals: [], purchase: { amount } });
/** A reading of value with an amount. */
const paid = (amount: number, valence: number, daysBefore = 0) =>
  anEvidence({
    activityId: `v-${++count}`,
    at: daysAgo(daysBefore),
    signals: [aSignal({ element: 'value', amount, valence })],
  });
const weightsOf = (...evidence: ReturnType<typeof anEvidence>[]) =>
  explain(model, evidence, ofValue)
    .contributions.toSorted((a, b) => (a.activityId < b.activityId ? -1 : 1))
    .map(({ weight }) => Number(weight.toFixed(9)));

describe('a signal with an amount', () => {
  it('weighs as much more as its amount is larger than the usual one', () => {
    expect(weightsOf(aPurchase(10), aPurchase(30), paid(20, 1), paid(40, 1), paid(5, 1))).toEqual([1, 2, 0.25]);
  });

  it('says the same in any currency', () => {
    const inEuro = [aPurchase(10), paid(20, 0.9), paid(15, 0.1)];
    const inYen = [aPurchase(1600), paid(3200, 0.9), paid(2400, 0.1)];
    const [euro, yen] = [inEuro, inYen].map((evidence) => explain(model, evidence, ofValue).score ?? Number.NaN);
    expect(euro).toBeCloseTo(yen ?? Number.NaN, 10);
  });

  it('is compared with purchases of the past as they decay', () => {
    // 180 days ago counts half: (30 + 60/2) / 1.5 = 40
    expect(weightsOf(aPurchase(30), aPurchase(60, 180), paid(40, 1))).toEqual([1]);
  });

  it('is compared with signals like it if no purchase is known', () => {
    expect(weightsOf(paid(10, 1), paid(30, 1))).toEqual([0.5, 1.5]);
    expect(weightsOf(paid(7, 1))).toEqual([1]);
  });

  it.each([
    [29, 2.9],
    [30, 3],
    [31, 3],
    [1e12, 3],
  ])('of %d, with a usual amount of 10, weighs %d: at most three times as much', (amount, weight) => {
    expect(weightsOf(aPurchase(10), paid(amount, 1))).toEqual([weight]);
  });

  it('shares the most that such signals weigh with the others', () => {
    // In sum at most 3 · 2 observations.
    expect(weightsOf(aPurchase(1), paid(4, 1), paid(8, 1))).toEqual([2, 4]);
  });

  it('stands beside signals without one, which keep their weights', () => {
    const plain = anEvidence({ activityId: 'a', signals: [aSignal({ element: 'value', weight: 2, valence: 0 })] });
    expect(weightsOf(aPurchase(10), plain, paid(20, 1))).toEqual([2, 2]);
  });

  it('counts in its channel without its amount', () => {
    const inStore = anEvidence({ activityId: 'a', signals: [aSignal({ weight: 4 })] });
    const onTheWeb = { ...paid(1000, 1), channel: 'web' as const };
    const { contributions } = explain(model, [aPurchase(10), inStore, onTheWeb], { ...ofValue, element: 'coherence' });
    // w_max · X / (k + X) with X = 1 observation
    expect(contributions.map(({ weight }) => weight)).toEqual([(2 * 1) / (4 + 1)]);
  });

  it('has its share in the score, the mood and the confidence', () => {
    const { value } = scoresAt(model, fold(model, [aPurchase(10), paid(40, 1)]), now).elements;
    // capped at three observations
    expect(value.bond).toBeCloseTo((100 * (2 + 3)) / 7, 10);
    expect(value.mood).toBeCloseTo(value.bond ?? 0, 10);
    expect(value.confidence).toBeCloseTo(3 / 7, 10);
  });

  it('is part of what is no longer kept, with the same sum', () => {
    const [old, recent] = [[aPurchase(10, 100), paid(30, 1, 100)], [paid(5, 0)]];
    const whole = explain(model, [...old, ...recent], ofValue);
    const { score, earlier, contributions } = explain(model, recent, ofValue, fold(model, old));
    expect(score).toBeCloseTo(whole.score ?? 0, 10);
    const expected = whole.contributions.find(({ at }) => at === daysAgo(100))?.contribution ?? 0;
    expect(earlier?.contribution).toBeCloseTo(expected, 10);
    expect(contributions).toHaveLength(1);
  });
});
