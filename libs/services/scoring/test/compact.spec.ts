import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compact, longestText } from '../src/compact.ts';

describe('the properties that scoring keeps of an activity', () => {
  it('are numbers, truth values, short texts, objects of them, and the counts of arrays', () => {
    const properties = {
      order_id: 'o-1',
      total: 41.5,
      is_gift: false,
      coupon: null,
      products: [{ product_id: 'p-1' }, { product_id: 'p-2' }],
      shipping: { days_late: 2, notes: ['left at the door'] },
    };
    expect(compact(properties)).toEqual({
      order_id: 'o-1',
      total: 41.5,
      is_gift: false,
      products: { count: 2 },
      shipping: { days_late: 2, notes: { count: 1 } },
    });
  });

  it.each([
    [-1, true],
    [0, true],
    [1, false],
  ])('have texts of 200 characters, %d: %p', (more, isKept) => {
    const text = 'x'.repeat(longestText + more);
    expect(compact({ text })).toEqual(isKept ? { text } : {});
  });

  it.each([
    [-1, true],
    [0, true],
    [1, false],
  ])('reach down to the fifth level, %d: %p', (more, isKept) => {
    const nested = (levels: number): Record<string, unknown> =>
      levels === 0 ? { late: 1 } : { inner: nested(levels - 1) };
    expect(JSON.stringify(compact(nested(4 + more))).includes('late')).toBe(isKept);
  });

  it('are the same when they are kept once more, and survive JSON', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (properties) => {
        const kept = JSON.parse(JSON.stringify(compact(properties))) as Record<string, unknown>;
        expect(JSON.parse(JSON.stringify(compact(kept)))).toEqual(kept);
        expect(Object.keys(kept)).not.toContain('__proto__');
      }),
    );
  });
});
