import { documentNode } from '@sestante/rules';
import { describe, expect, it } from '@jest/globals';
import type { NumberDocument } from '../document/model-document.ts';
import { anActivity } from '../testing/index.ts';
import { valenceIn } from './valence.ts';
import { weightIn } from './weight.ts';

const at = Date.UTC(2026, 10, 24, 18);

/** The valence where 0 gives 0 and 10 gives 1. */
function tenths(number: NumberDocument, properties: Readonly<Record<string, unknown>>): number | undefined {
  const read = valenceIn(documentNode({ ...number, zeroAt: 0, oneAt: 10 }))(anActivity({ at, properties }));
  return read === undefined ? undefined : read * 10;
}

describe('a ratio of amounts', () => {
  const saved = { property: 'discount', dividedBy: ['revenue', 'discount'] };
  const valence = (properties: Readonly<Record<string, unknown>>) =>
    valenceIn(documentNode({ ...saved, zeroAt: 0, oneAt: 0.5 }))(anActivity({ properties }));

  it.each([
    [0, 20, 0],
    [5, 15, 0.5],
    [-5, 15, 0.5],
    [10, 10, 1],
    [20, 0, 1],
  ])('of a discount of %d and a revenue of %d is %d of the best', (discount, revenue, expected) => {
    expect(valence({ discount, revenue })).toBe(expected);
  });

  it.each([
    ['nothing was paid', { discount: 0, revenue: 0 }],
    ['an amount is missing', { discount: 5 }],
    ['the part is missing', { revenue: 5 }],
    ['an amount is text', { discount: 5, revenue: '15' }],
    ['the sum is too large', { discount: 1e308, revenue: 1e308 }],
  ])('cannot be read if %s', (_, properties) => {
    expect(valence(properties)).toBeUndefined();
  });
});

describe('the days after a promise', () => {
  it.each([
    ['2026-11-24', 0],
    ['2026-11-23', 1],
    ['2026-11-22', 2],
    ['2026-11-25', 0],
    ['2026-11-24T18:00:00Z', 0],
    ['2026-11-24T06:00:00Z', 0.5],
    ['2026-11-24T07:00:00+01:00', 0.5],
    ['2026-11-24T07:00:00+0100', 0.5],
    ['2026-11-24 06:00', 0.5],
  ])('are counted from %s', (promised_for, days) => {
    expect(tenths({ daysAfter: 'promised_for' }, { promised_for })).toBeCloseTo(days, 10);
  });

  it.each([
    [undefined],
    [null],
    ['soon'],
    ['24.11.2026'],
    ['2026-13-01'],
    ['2026-11-24T25:00'],
    [1_795_348_800_000],
    [''],
  ])('are unknown for %j', (promised_for) => {
    expect(tenths({ daysAfter: 'promised_for' }, { promised_for })).toBeUndefined();
  });
});

describe('the hours after an instant', () => {
  it('are exact', () => {
    expect(tenths({ hoursAfter: 'opened_at' }, { opened_at: '2026-11-24T15:30:00Z' })).toBeCloseTo(2.5, 10);
  });

  it('are unknown after a date without a time', () => {
    expect(tenths({ hoursAfter: 'opened_at' }, { opened_at: '2026-11-24' })).toBeUndefined();
  });
});

describe('a rating on a declared scale', () => {
  const rated = (properties: Readonly<Record<string, unknown>>) =>
    valenceIn(
      documentNode({
        property: 'rating',
        zeroAt: { property: 'scale_min', otherwise: 1 },
        oneAt: { property: 'scale_max', otherwise: 5 },
      }),
    )(anActivity({ properties }));

  it.each([
    [{ rating: 4 }, 0.75],
    [{ rating: 7, scale_min: 0, scale_max: 10 }, 0.7],
    [{ rating: 3, scale_max: 3 }, 1],
    [{ rating: 1, scale_min: 5, scale_max: 1 }, 1],
    [{ rating: 4, scale_max: '10' }, 0.75],
  ])('%j is %d', (properties, expected) => {
    expect(rated(properties)).toBe(expected);
  });

  it('cannot be read if the scale has no length', () => {
    expect(rated({ rating: 4, scale_min: 5 })).toBeUndefined();
    expect(rated({ rating: 4, scale_min: -1e308, scale_max: 1e308 })).toBeUndefined();
  });
});

describe('a weight read from a property', () => {
  const weight = (points: unknown) =>
    weightIn(documentNode({ property: 'points', times: 0.01, most: 2 }))(anActivity({ properties: { points } }));

  it.each([
    [100, 1],
    [199, 1.99],
    [200, 2],
    [201, 2],
    [0, 0],
    [-5, 0],
  ])('is for %d points %d, at most 2', (points, expected) => {
    expect(weight(points)).toBeCloseTo(expected, 10);
  });

  it.each([[undefined], ['100'], [null], [Infinity]])('is unknown for %j', (points) => {
    expect(weight(points)).toBeUndefined();
  });
});
