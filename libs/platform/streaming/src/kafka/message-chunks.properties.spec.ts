import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { aMessage } from '../testing/messages.ts';
import { chunksOf } from './message-chunks.ts';

const largestParcelBytes = 900_000;

/** Small and large messages in any order. */
const message = fc
  .record({
    letters: fc.oneof(fc.nat(100), fc.integer({ min: 100_000, max: 1_000_000 })),
    letter: fc.constantFrom('a', 'é', '😀'),
  })
  .map(({ letters, letter }) =>
    aMessage({ value: letter.repeat(letters / Buffer.byteLength(letter)), headers: { note: letter } }),
  );

describe('chunksOf', () => {
  test('contains all messages in order', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 20 }), (messages) => {
        expect([...chunksOf(messages)].flat()).toEqual(messages);
      }),
      { numRuns: 30 },
    );
  });

  test('returns no empty chunk, and one over the limit only for a single message', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 20 }), (messages) => {
        for (const parcel of chunksOf(messages)) {
          const bytes = parcel.reduce((sum, { value }) => sum + Buffer.byteLength(value), 0);
          expect(parcel.length).toBeGreaterThan(0);
          expect(parcel.length === 1 || bytes <= largestParcelBytes).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('limits the number of messages in a chunk', () => {
    const messages = Array.from({ length: 4_001 }, () => aMessage());
    expect([...chunksOf(messages)].map(({ length }) => length)).toEqual([2_000, 2_000, 1]);
  });
});
