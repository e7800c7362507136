import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { murmur2, partitionOf } from './partitioner.ts';

describe('the hash of a key', () => {
  /** From the tests of Apache Kafka: `UtilsTest.testMurmur2`. */
  test.each([
    ['21', -973_932_308],
    ['foobar', -790_332_482],
    ['a-little-bit-long-string', -985_981_536],
    ['a-little-bit-longer-string', -1_486_304_829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58_897_971],
    ['abc', 479_470_107],
  ])('of %s is what Kafka makes of it', (text, hash) => {
    expect(murmur2(Buffer.from(text))).toBe(hash);
  });
});

describe('the partition of a key', () => {
  test('is in range and always the same', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', minLength: 1 }),
        fc.integer({ min: 1, max: 1_000 }),
        (key, partitions) => {
          const partition = partitionOf(key, partitions);
          expect(partition).toBeGreaterThanOrEqual(0);
          expect(partition).toBeLessThan(partitions);
          expect(partitionOf(key, partitions)).toBe(partition);
        },
      ),
    );
  });

  test('distributes customers evenly', () => {
    const counts = [0, 0, 0, 0];
    for (let customer = 0; customer < 10_000; customer++) counts[partitionOf(`user_id:u-${customer}`, 4)]! += 1;
    for (const count of counts) expect(Math.abs(count - 2_500)).toBeLessThan(250);
  });
});
