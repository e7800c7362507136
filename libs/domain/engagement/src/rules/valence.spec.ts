import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { documentNode } from '@sestante/rules';
import { anActivity } from '../testing/index.ts';
import { valenceIn } from './valence.ts';

function valence(value: unknown, properties: Readonly<Record<string, unknown>> = {}): number | undefined {
  const node = documentNode(value);
  const compiled = valenceIn(node);
  expect(node.faults).toEqual([]);
  return compiled(anActivity({ properties }));
}

const rating = { property: 'rating', zeroAt: 1, oneAt: 5 };
const waiting = { property: 'minutes', zeroAt: 20, oneAt: 0 };

describe('a constant valence', () => {
  it('is the constant', () => {
    expect(valence(0.25)).toBe(0.25);
  });
});

describe('a valence read from a property', () => {
  it.each([
    [1, 0],
    [4, 0.75],
    [5, 1],
    [6, 1],
    [0, 0],
    [-1e308, 0],
  ])('turns a rating of %d into %d', (stars, expected) => {
    expect(valence(rating, { rating: stars })).toBe(expected);
  });

  it.each([
    [0, 1],
    [5, 0.75],
    [20, 0],
    [21, 0],
    [-3, 1],
  ])('turns %d minutes of waiting into %d', (minutes, expected) => {
    expect(valence(waiting, { minutes })).toBe(expected);
  });

  it.each([[undefined], [null], ['4'], [true], [Number.NaN], [Infinity], [{}], [[4]]])(
    'is undefined for %j',
    (stars) => {
      expect(valence(rating, { rating: stars })).toBeUndefined();
    },
  );

  it('is within 0..1 or undefined, for any property and any limits', () => {
    const limit = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(limit, limit, fc.anything(), fc.double(), (zeroAt, oneAt, thing, number) => {
        fc.pre(zeroAt !== oneAt && Number.isFinite(oneAt - zeroAt));
        for (const value of [thing, number]) {
          const read = valence({ property: 'is', zeroAt, oneAt }, { is: value });
          expect(read === undefined || (read >= 0 && read <= 1)).toBe(true);
        }
      }),
    );
  });

  it.each([
    ['equal limits', { ...rating, oneAt: 1 }, { place: 'oneAt', message: 'must differ from zeroAt' }],
    [
      'limits that are too far apart',
      { ...rating, zeroAt: -1e308, oneAt: 1e308 },
      { place: 'oneAt', message: 'is too far from zeroAt' },
    ],
    ['infinity', { ...rating, oneAt: Infinity }, { place: 'oneAt', message: 'must be a number' }],
    ['a third limit', { ...rating, halfAt: 2 }, { place: 'halfAt', message: 'is not a known field' }],
    ['a text', 'good', { place: 'document', message: 'must be a number from 0 to 1' }],
    ['nothing', undefined, { place: 'document', message: 'is missing' }],
  ])('cannot be %s', (_, value, expected) => {
    const node = documentNode(value);
    valenceIn(node);
    expect(node.faults).toEqual([expected]);
  });
});
