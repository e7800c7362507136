import { describe, expect, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { partitionOf } from '../../partitioner.ts';
import { messagesOf } from '../messages.ts';
import { collect, each } from '../probe.ts';
import { done } from '../../outcome.ts';
import type { ContractSetup } from './contract-setup.ts';

export function deliveryContract(setup: ContractSetup): void {
  describe('delivery', () => {
    test('without failures, every message is delivered once, in the order of its key, from the partition of its key', async () => {
      const [stream, topic] = [await setup.connect(), await setup.topic(3)];
      const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
      const probe = collect();
      await stream.subscribe({ topic, group: 'readers', handler: probe.handler });
      for (let round = 0; round < 5; round++)
        await stream.publish(
          topic,
          keys.flatMap((key) => messagesOf(key, 4, round * 4)),
        );
      await probe.untilCount(160);

      for (const key of keys) {
        const ofKey = probe.deliveries.filter((delivery) => delivery.key === key);
        expect(ofKey.map(({ value }) => value)).toEqual(messagesOf(key, 20).map(({ value }) => value));
        expect(ofKey.map(({ partition }) => partition)).toEqual(Array(20).fill(partitionOf(key, 3)));
      }
    });

    test('the offsets of a partition increase and are unique', async () => {
      const [stream, topic] = [await setup.connect(), await setup.topic(1)];
      const probe = collect();
      await stream.subscribe({ topic, group: 'readers', handler: probe.handler });
      for (let round = 0; round < 5; round++) await stream.publish(topic, messagesOf('a', 3, round * 3));
      await probe.untilCount(15);
      const offsets = probe.deliveries.map(({ offset }) => offset);
      expect(offsets).toEqual([...new Set(offsets)].sort((a, b) => a - b));
    });

    test.each([
      { published: 6, name: 'one message less than a batch' },
      { published: 7, name: 'one batch' },
      { published: 8, name: 'one message more than a batch' },
    ])('no batch is larger than asked for: $name', async ({ published }) => {
      const [stream, topic] = [await setup.connect(), await setup.topic(1)];
      const probe = collect();
      await stream.publish(topic, messagesOf('a', published));
      await stream.subscribe({ topic, group: 'readers', batchSize: 7, handler: probe.handler });
      await probe.untilCount(published);
      expect(Math.max(...probe.batches.map(({ length }) => length))).toBeLessThanOrEqual(7);
      expect(probe.values).toEqual(messagesOf('a', published).map(({ value }) => value));
    });

    test('batches of a partition are delivered one at a time, in order', async () => {
      const [stream, topic] = [await setup.connect(), await setup.topic(2)];
      const busy = new Set<number>();
      let overlaps = 0;
      const probe = collect(async (batch) => {
        const partitions = new Set(batch.map(({ partition }) => partition));
        for (const partition of partitions) {
          if (busy.has(partition)) overlaps += 1;
          busy.add(partition);
        }
        await pause(2);
        for (const partition of partitions) busy.delete(partition);
        return each(() => done)(batch);
      });
      const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
      await stream.subscribe({ topic, group: 'readers', batchSize: 2, handler: probe.handler });
      for (let round = 0; round < 5; round++)
        await stream.publish(
          topic,
          keys.flatMap((key) => messagesOf(key, 1, round)),
        );
      await probe.untilCount(30);
      expect(overlaps).toBe(0);
      for (const partition of [0, 1]) {
        const offsets = probe.deliveries.filter((delivery) => delivery.partition === partition);
        expect(offsets.map(({ offset }) => offset)).toEqual(offsets.map((_, index) => index));
      }
    });
  });
}
