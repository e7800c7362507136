import { describe, expect, test } from '@jest/globals';
import type { Stream } from '../../stream.ts';
import { messagesOf } from '../messages.ts';
import { collect } from '../probe.ts';
import type { ContractSetup } from './contract-setup.ts';

export function tailContract(setup: ContractSetup): void {
  describe('tail', () => {
    test('gets messages published after its start, and none before, on every connection', async () => {
      const [first, second, topic] = [await setup.connect(), await setup.connect(), await setup.topic(3)];
      await first.publish(
        topic,
        ['a', 'b', 'c', 'd'].flatMap((key) => messagesOf(key, 2)),
      );
      const [here, there] = await Promise.all([tailing(first, topic), tailing(second, topic)]);
      const after = ['a', 'b', 'c', 'd'].flatMap((key) => messagesOf(key, 2, 2));
      await first.publish(topic, after);
      await Promise.all([here.untilCount(8), there.untilCount(8)]);
      for (const probe of [here, there]) expect([...probe.values].sort()).toEqual(after.map(({ value }) => value));
    });

    test('commits nothing and is not a group', async () => {
      const [stream, topic] = [await setup.connect(), await setup.topic(1)];
      const probe = await tailing(stream, topic);
      await stream.publish(topic, messagesOf('a', 2));
      await probe.untilCount(2);
      expect((await stream.positions(topic)).map(({ group }) => group)).toEqual(['']);
    });

    test('continues after a listener throws', async () => {
      const [stream, topic, probe] = [await setup.connect(), await setup.topic(1), collect()];
      await stream.tail(topic, (batch) => {
        void probe.handler(batch);
        throw new Error('the browser has gone');
      });
      await stream.publish(topic, messagesOf('a', 1));
      await probe.untilCount(1);
      await stream.publish(topic, messagesOf('a', 1, 1));
      await probe.untilCount(2);
      expect(probe.values).toEqual(['a0', 'a1']);
    });
  });
}

async function tailing(stream: Stream, topic: string) {
  const probe = collect();
  await stream.tail(topic, (batch) => void probe.handler(batch));
  return probe;
}
