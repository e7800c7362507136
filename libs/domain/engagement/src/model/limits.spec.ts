import { describe, expect, it } from '@jest/globals';
import { aModelDocument, aReason, aRule } from '../testing/index.ts';
import type { InvalidModel } from '../document/invalid-model.ts';
import { compileModel } from './compile-model.ts';

/** The next representable double, upwards or downwards. */
function next(value: number, direction: 1 | -1): number {
  if (value === 0) return direction * Number.MIN_VALUE;
  const bits = new BigInt64Array(new Float64Array([value]).buffer);
  bits[0] = (bits[0] ?? 0n) + (value > 0 === direction > 0 ? 1n : -1n);
  return new Float64Array(bits.buffer)[0] ?? Number.NaN;
}

const everything = aModelDocument({
  trustOf: { page: 0.5 },
  mostPerActivity: 5,
  purchases: { activities: ['order.completed'], oncePer: { minutes: 5 }, amount: 'revenue', mostTimesUsual: 5 },
  rhythm: {
    shape: 1,
    rateDays: 10,
    sharpness: 2,
    elements: { value: 1 },
    valence: 0,
    because: aReason('It is silent.'),
  },
  rules: [
    aRule(),
    aRule({ signals: [{ element: 'trust', weight: { property: 'x', times: 1, most: 1 }, valence: 1 }] }),
  ],
});

/** A valid document with one value changed; `path` is as in a fault. */
function withValue(path: string, value: unknown): unknown {
  const document: unknown = JSON.parse(JSON.stringify(everything));
  const steps = path.split(/[.[\]]+/);
  const last = steps.pop() ?? '';
  const holder = steps.reduce((object, step) => (object as Record<string, unknown>)[step], document);
  (holder as Record<string, unknown>)[last] = value;
  return document;
}

function isAllowed(path: string, value: number): boolean {
  try {
    compileModel(withValue(path, value));
    return true;
  } catch (error) {
    expect((error as InvalidModel).faults).toEqual([{ place: path, message: expect.stringMatching(/^must be /) }]);
    return false;
  }
}

const signal = 'rules[0].signals[0]';

describe('limits of a model, one step below, at and above', () => {
  it.each([
    ['halfLifeDays.bond', 0, [false, false, true]],
    ['halfLifeDays.mood', 0, [false, false, true]],
    ['elements.trust.base', 0, [false, false, true]],
    ['elements.trust.base', 1, [true, false, false]],
    ['elements.trust.strength', 0, [false, false, true]],
    ['elements.trust.weight', 0, [false, false, true]],
    ['elements.trust.weight', 100, [true, true, false]],
    ['trustOf.page', 0, [false, true, true]],
    ['trustOf.page', 1, [true, true, false]],
    ['channelSpread.weight', 0, [false, false, true]],
    ['channelSpread.weight', 100, [true, true, false]],
    ['mostPerActivity', 0, [false, false, true]],
    ['mostPerActivity', 100, [true, true, false]],
    ['purchases.mostTimesUsual', 1, [false, true, true]],
    ['purchases.mostTimesUsual', 100, [true, true, false]],
    ['rhythm.shape', 0.001, [false, true, true]],
    ['rhythm.shape', 1000, [true, true, false]],
    ['rhythm.rateDays', 0.001, [false, true, true]],
    ['rhythm.rateDays', 100_000, [true, true, false]],
    ['rhythm.sharpness', 1, [false, true, true]],
    ['rhythm.sharpness', 20, [true, true, false]],
    ['rhythm.valence', 0, [false, true, true]],
    ['rhythm.valence', 1, [true, true, false]],
    ['rhythm.elements.value', 0, [false, false, true]],
    ['rhythm.elements.value', 100, [true, true, false]],
    ['rules[1].signals[0].weight.times', 0, [false, false, true]],
    ['rules[1].signals[0].weight.times', 100, [true, true, false]],
    ['rules[1].signals[0].weight.most', 0, [false, false, true]],
    ['rules[1].signals[0].weight.most', 100, [true, true, false]],
    [`${signal}.weight`, 0, [false, false, true]],
    [`${signal}.weight`, 100, [true, true, false]],
    [`${signal}.valence`, 0, [false, true, true]],
    [`${signal}.valence`, 1, [true, true, false]],
  ])('%s around %d', (path, limit, expected) => {
    const steps = [next(limit, -1), limit, next(limit, 1)];
    expect(steps.map((value) => isAllowed(path, value))).toEqual(expected);
  });

  it.each([
    ['purchases.oncePer.minutes', 1, [false, true, true]],
    ['purchases.oncePer.minutes', 525_600, [true, true, false]],
  ])('%s around %d, in whole numbers', (path, limit, expected) => {
    expect([limit - 1, limit, limit + 1].map((value) => isAllowed(path, value))).toEqual(expected);
  });

  it.each(['halfLifeDays.bond', 'elements.trust.strength'])('%s is finite', (path) => {
    expect([Number.MAX_VALUE, Infinity, Number.NaN].map((value) => isAllowed(path, value))).toEqual([
      true,
      false,
      false,
    ]);
  });
});
