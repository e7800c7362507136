import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { changesBetween } from '../src/document-changes.ts';

describe('the changes between two documents', () => {
  it.each([
    ['a number', { a: { b: 1 } }, { a: { b: 2 } }, [{ place: 'a.b', before: 1, after: 2 }]],
    ['a field that is added', { a: 1 }, { a: 1, b: [2] }, [{ place: 'b', after: [2] }]],
    ['a field that is removed', { a: 1, b: null }, { a: 1 }, [{ place: 'b', before: null }]],
    ['another type', { a: [1] }, { a: { 0: 1 } }, [{ place: 'a', before: [1], after: { 0: 1 } }]],
    ['documents that have nothing in common', 1, 'x', [{ place: '', before: 1, after: 'x' }]],
    [
      'an item that is added at the front',
      { rules: ['b', 'c'] },
      { rules: ['a', 'b', 'c'] },
      [{ place: 'rules[0]', after: 'a' }],
    ],
    [
      'an item that is removed',
      { rules: ['a', 'b', 'c'] },
      { rules: ['a', 'c'] },
      [{ place: 'rules[1]', before: 'b' }],
    ],
    [
      'a field of an item',
      { rules: [{ signals: [{ weight: 1 }] }, 7] },
      { rules: [{ signals: [{ weight: 2 }] }, 7] },
      [{ place: 'rules[0].signals[0].weight', before: 1, after: 2 }],
    ],
    ['the order of fields', { a: 1, b: 2 }, { b: 2, a: 1 }, []],
    ['a field with a name of the prototype', {}, { constructor: 1 }, [{ place: 'constructor', after: 1 }]],
  ])('name %s', (_, before, after, changes) => {
    expect(changesBetween(before, after)).toEqual(changes);
  });

  it('are none exactly if the documents are equal', () =>
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        expect(changesBetween(one, structuredClone(one))).toEqual([]);
        expect(changesBetween(one, other).length === 0).toBe(isDeepStrictEqual(one, other));
      }),
    ));
});
