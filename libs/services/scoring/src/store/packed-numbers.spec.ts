import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { packNumbers, unpackNumbers } from './packed-numbers.ts';

const blanks = [0, Number.NaN];
const numbers = fc.array(fc.oneof(fc.constantFrom(0, -0, Number.NaN), fc.double()), { maxLength: 255 });

describe.each(blanks)('numbers of which many are %d', (blank) => {
  test('are the same after packing, whatever they are: only −0 is 0 where 0 is blank', () => {
    const kept = (number: number) => (blank === 0 && number === 0 ? 0 : number);
    const unpacked = (all: readonly number[]) => unpackNumbers(packNumbers(all, blank), blank);
    fc.assert(fc.property(numbers, (all) => expect(unpacked(all)).toEqual(all.map(kept))));
  });

  test('have a byte for their count, a bit for each, and 8 bytes for each other number', () => {
    const length = (all: number[]) => packNumbers(all, blank).length;
    expect([[], [blank], [1], [...new Array<number>(8).fill(blank), 7]].map(length)).toEqual([1, 2, 10, 11]);
  });

  test('are at most 255', () => {
    const many = (count: number) => packNumbers(new Array<number>(count).fill(1), blank);
    expect([254, 255].map((count) => many(count)[0])).toEqual([254, 255]);
    expect(() => many(256)).toThrow(RangeError);
  });

  test.each([-1, 1])('are refused if there are too few or too many bytes: %d', (by) => {
    const bytes = Buffer.concat([packNumbers([1, blank, 2], blank), Buffer.alloc(1)]);
    expect(() => unpackNumbers(bytes.subarray(0, bytes.length - 1 + by), blank)).toThrow(RangeError);
  });
});
