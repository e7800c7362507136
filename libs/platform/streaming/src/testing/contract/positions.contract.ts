import { describe, expect, test } from '@jest/globals';
import { eventually } from '../eventually.ts';
import { keyIn, messagesOf } from '../messages.ts';
import { collect } from '../probe.ts';
import type { ContractSetup } from './contract-setup.ts';

export function positionsContract(setup: ContractSetup): void {
  describe('positions', () => {
    test('are the ends of the partitions if there are no groups', async () => {
      const [stream, topic] = [await setup.connect(), await setup.topic(2)];
      await stream.publish(topic, messagesOf(keyIn(1, 2), 3));
      expect(await inOrder(stream.positions(topic))).toEqual([
        { topic, partition: 0, group: '', end: 0, committed: 0 },
        { topic, partition: 1, group: '', end: 3, committed: 3 },
      ]);
    });

    test('of each group advance independently', async () => {
      const [stream, topic] = [await setup.connect(), await setup.topic(2)];
      const [quick, stuck] = [collect(), collect(async () => [])];
      await stream.publish(topic, [...messagesOf(keyIn(0, 2), 2), ...messagesOf(keyIn(1, 2), 3)]);
      await stream.subscribe({ topic, group: 'quick', handler: quick.handler });
      await stream.subscribe({ topic, group: 'stuck', handler: stuck.handler });
      await eventually(async () =>
        expect(await inOrder(stream.positions(topic))).toEqual([
          { topic, partition: 0, group: 'quick', end: 2, committed: 2 },
          { topic, partition: 1, group: 'quick', end: 3, committed: 3 },
          { topic, partition: 0, group: 'stuck', end: 2, committed: 0 },
          { topic, partition: 1, group: 'stuck', end: 3, committed: 0 },
        ]),
      );
    });
  });

  describe('preparing', () => {
    test('does not change existing topics', async () => {
      const [stream, topic] = [await setup.connect(), await setup.topic(2)];
      await stream.publish(topic, messagesOf(keyIn(0, 2), 1));
      await stream.prepare([{ name: topic, partitions: 5 }]);
      expect((await inOrder(stream.positions(topic))).map(({ end }) => end)).toEqual([1, 0]);
    });

    test('may be called by several processes at once', async () => {
      const [first, second] = [await setup.connect(), await setup.connect()];
      const topic = `${await setup.topic()}.more`;
      await Promise.all([first, second].map((stream) => stream.prepare([{ name: topic, partitions: 2 }])));
      await first.publish(topic, messagesOf('a', 1));
      expect(await second.positions(topic)).toHaveLength(2);
    });
  });
}

async function inOrder<T extends { group: string; partition: number }>(positions: Promise<readonly T[]>): Promise<T[]> {
  return [...(await positions)].sort((a, b) => a.group.localeCompare(b.group) || a.partition - b.partition);
}
