import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type PartitionMetadata, Partitioners } from 'kafkajs';
import { partitionOf } from '../partitioner.ts';

test('a key has the same partition as with the default partitioner of Kafka', () => {
  const kafkas = Partitioners.DefaultPartitioner();
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
      fc.integer({ min: 1, max: 64 }),
      (key, partitions) => {
        const partitionMetadata = Array.from(
          { length: partitions },
          (_, partitionId) => ({ partitionId, leader: 1 }) as PartitionMetadata,
        );
        expect(partitionOf(key, partitions)).toBe(
          kafkas({ topic: 'any', partitionMetadata, message: { key, value: '' } }),
        );
      },
    ),
  );
});
