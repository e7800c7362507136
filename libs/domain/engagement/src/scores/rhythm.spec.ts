import { describe, expect, it } from '@jest/globals';
import { compileModel } from '../model/compile-model.ts';
import { fold } from '../state/add.ts';
import { aModelDocument, anEvidence, aReason, aSignal, daysAgo, now } from '../testing/index.ts';
import { explain } from './explain.ts';
import { silenceAt } from './observed-rhythm.ts';
import { scoresAt } from './scores-at.ts';

const because = aReason('A customer who stays away is not content.');
const rhythm = { shape: 1.2, rateDays: 15, sharpness: 3, elements: { value: 3 }, valence: 0, because };
const model = compileModel(aModelDocument({ purchases: { activities: ['order.completed'] }, rhythm }));

/** Every five days for 300 days, and then never again. */
const buying = Array.from({ length: 61 }, (_, index) =>
  anEvidence({
    activityId: `o-${index}`,
    name: 'order.completed',
    at: daysAgo(130 + index * 5),
    signals: [aSignal({ element: 'value', weight: 0.5, valence: 0.8 })],
    purchase: {},
  }),
);
const state = fold(model, buying);
const valueAt = (daysBefore: number) => scoresAt(model, state, daysAgo(daysBefore)).elements.value;

describe('a customer who bought every five days', () => {
  it('loses value by time alone', () => {
    const bonds = [130, 125, 120, 110, 80, 0].map((days) => valueAt(days).bond ?? 0);
    expect(bonds).toEqual(bonds.toSorted((a, b) => b - a));
    expect((bonds[0] ?? 0) - (bonds.at(-1) ?? 0)).toBeGreaterThan(12);
  });

  it('has no drop after five days, and a large one after 130', () => {
    expect(valueAt(130).drop).toBeLessThanOrEqual(0.1);
    expect(valueAt(125).drop).toBeLessThan(10);
    expect(valueAt(0).drop).toBeGreaterThan(25);
  });

  it('has the silence in the explanation, as one contribution and as one group', () => {
    const { base, score, contributions, groups } = explain(model, buying, { element: 'value', scale: 'bond', at: now });
    const silent = contributions.find(({ activityId }) => activityId === 'rhythm');
    expect(silent).toMatchObject({ name: 'rhythm', at: now, valence: 0, because });
    expect(silent?.silence).toMatchObject({ purchases: 61, silentDays: 130 });
    expect(silent?.silence?.usualDays).toBeCloseTo(5.15, 2);
    expect(silent?.contribution).toBeLessThan(-5);
    expect(groups).toHaveLength(2);
    expect(groups.find(({ name }) => name === 'rhythm')).toEqual({
      ...{ name: 'rhythm', rule: null, count: 1, because },
      contribution: silent?.contribution,
    });
    const sum = groups.reduce((total, { contribution }) => total + contribution, 0);
    expect(base + sum).toBeCloseTo(score ?? 0, 10);
  });

  it('has no silence in elements that the model does not name', () => {
    expect(explain(model, buying, { element: 'trust', scale: 'bond', at: now }).contributions).toEqual([]);
    expect(scoresAt(model, state, now).elements.trust.bond).toBeNull();
  });
});

describe('the silence', () => {
  it('does not exist without a purchase, or without a rhythm in the model', () => {
    const unrhythmic = compileModel(aModelDocument({ purchases: { activities: ['order.completed'] } }));
    expect(silenceAt(model, fold(model, [anEvidence()]), now)).toBeNull();
    expect(silenceAt(unrhythmic, fold(unrhythmic, buying), now)).toBeNull();
  });

  it('is less surprising for a customer who bought rarely', () => {
    const rarely = fold(
      model,
      buying.filter((_, index) => index % 20 === 0),
    );
    expect(silenceAt(model, rarely, now)?.surprise).toBeLessThan(silenceAt(model, state, now)?.surprise ?? 0);
  });

  it('counts only if it is unusual, with more sharpness', () => {
    const weights = [1, 3].map((sharpness) => {
      const sharp = compileModel(
        aModelDocument({ purchases: { activities: ['x'] }, rhythm: { ...rhythm, sharpness } }),
      );
      return [130 - 5, 0].map((days) => {
        const question = { element: 'value', scale: 'bond', at: daysAgo(days) } as const;
        const { contributions } = explain(sharp, buying, question);
        return contributions.find(({ activityId }) => activityId === 'rhythm')?.weight ?? Number.NaN;
      });
    });
    expect(weights[1]?.[0]).toBeLessThan((weights[0]?.[0] ?? 0) / 2);
    expect(weights[1]?.[1]).toBeCloseTo(weights[0]?.[1] ?? 0, 3);
  });
});
