import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { aMessage } from '../testing/messages.ts';
import type { Message } from '../stream.ts';
import { BatchWriter, decodeBatch } from './record-batch.ts';

const awkward = ['a', '"', '\\', '\n', '\u0000', 'é', '注', '😀', '\u2028'];
const text = fc.string({
  unit: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...awkward) },
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
});
/** No key is a backslash: Node 24 mistakes the next key that is one escaped character for it (nodejs/node#63785). */
const name = text.filter((key) => key !== '\\');
const message = fc.record({ key: text, value: text, headers: fc.dictionary(name, text) });

function encodeBatch(messages: readonly Message[]): Buffer {
  const writer = new BatchWriter();
  writer.write(messages);
  return writer.written();
}

describe('a record batch', () => {
  test('decodes to the same messages in the same order', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 20 }), (messages) => {
        // Without prototypes, and in any order.
        const headers = (given: object) => JSON.stringify(Object.entries(given).sort());
        const decoded = decodeBatch(encodeBatch(messages));
        expect(decoded.map(({ key, value }) => [key, value])).toEqual(messages.map(({ key, value }) => [key, value]));
        expect(decoded.map((one) => headers(one.headers))).toEqual(messages.map((one) => headers(one.headers)));
      }),
    );
  });

  test('of 500 similar messages has a tenth of their size', () => {
    const value = JSON.stringify({ activityId: '5f0c1c0e', name: 'order.completed', properties: { revenue: 41.5 } });
    const messages = Array.from({ length: 500 }, (_, number) => aMessage({ key: `user_id:u-${number}`, value }));
    expect(encodeBatch(messages).length).toBeLessThan((500 * value.length) / 10);
  });

  test.each([
    [-1, false],
    [0, true],
    [1, true],
  ])('of 32 KiB and %i bytes: whether it is compressed is %s, and it is read all the same', (more, isCompressed) => {
    const sized = (length: number) => [aMessage({ value: 'x'.repeat(length) })];
    const around = encodeBatch(sized(10_000)).length - 10_000;
    const messages = sized(32_768 - around + more);
    const encoded = encodeBatch(messages);
    expect([encoded.length < 1_000, decodeBatch(encoded)]).toEqual([isCompressed, messages]);
  });

  test('replaces a lone surrogate, which UTF-8 cannot encode', () => {
    const [decoded] = decodeBatch(encodeBatch([aMessage({ value: 'a\ud800b' })]));
    expect(decoded!.value).toBe('a\ufffdb');
  });
});

describe('consecutive batches', () => {
  /** Values with sizes around the limits for compression and for more memory. */
  const large = fc.nat({ max: 300_000 }).map((length) => aMessage({ value: 'x'.repeat(length) }));
  const noise = fc
    .uint8Array({ maxLength: 50_000 })
    .map((bytes) => aMessage({ value: Buffer.from(bytes).toString('hex') }));
  const batches = fc.array(fc.array(fc.oneof(message, large, noise), { maxLength: 3 }), { maxLength: 5 });
  const writer = new BatchWriter();

  test('are found by their sizes, in reused memory', () => {
    fc.assert(
      fc.property(batches, (all) => {
        writer.clear();
        const sizes = all.map((batch) => writer.write(batch));
        const written = writer.written();
        let end = 0;
        for (const [index, size] of sizes.entries()) {
          const decoded = decodeBatch(written.subarray(end, (end += size)));
          expect(decoded.map(({ value }) => value)).toEqual(all[index]!.map(({ value }) => value.toWellFormed()));
        }
        expect(end).toBe(written.length);
      }),
    );
  });
});
