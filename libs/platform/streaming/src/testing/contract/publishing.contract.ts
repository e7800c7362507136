import { describe, expect, test } from '@jest/globals';
import { largestValueBytes } from '../../publishable.ts';
import { aMessage, messagesOf } from '../messages.ts';
import { collect } from '../probe.ts';
import type { ContractSetup } from './contract-setup.ts';

export function publishingContract(setup: ContractSetup): void {
  describe('publishing', () => {
    test('delivers key, value and headers unchanged, in every script', async () => {
      const [stream, topic, probe] = [await setup.connect(), await setup.topic(1), collect()];
      const messages = [
        aMessage({
          key: '顧客-𝟙',
          value: '{"name":"Zoë 👩‍🚀 𠜎"}',
          headers: { ce_type: 'CustomerActed', note: 'żółć 🎁' },
        }),
        aMessage({ key: ' "quoted" ', value: 'line\nbreak\t"quote" \\ \u2028', headers: { empty: '' } }),
        aMessage({ key: 'no value', value: '' }),
      ];
      const before = Date.now();
      await stream.publish(topic, messages);
      await stream.subscribe({ topic, group: 'readers', handler: probe.handler });
      await probe.untilCount(messages.length);
      expect(probe.deliveries.map(({ key, value, headers }) => ({ key, value, headers }))).toEqual(messages);
      for (const { publishedAt } of probe.deliveries) expect(Math.abs(publishedAt - before)).toBeLessThan(60_000);
    });

    test('accepts a value of 1 MiB', async () => {
      const [stream, topic, probe] = [await setup.connect(), await setup.topic(1), collect()];
      const value = 'x'.repeat(largestValueBytes);
      await stream.publish(topic, [aMessage({ value })]);
      await stream.subscribe({ topic, group: 'readers', handler: probe.handler });
      await probe.untilCount(1);
      expect(probe.values[0] === value).toBe(true);
    });

    test('keeps many large messages of one key in order', async () => {
      const [stream, topic, probe] = [await setup.connect(), await setup.topic(1), collect()];
      const messages = messagesOf('a', 40).map((message) => ({ ...message, headers: { padding: 'é'.repeat(40_000) } }));
      await stream.publish(topic, messages);
      await stream.subscribe({ topic, group: 'readers', handler: probe.handler });
      await probe.untilCount(40);
      expect(probe.values).toEqual(messages.map(({ value }) => value));
    });

    test.each([
      { name: 'an empty key', message: aMessage({ key: '' }) },
      { name: 'a value above 1 MiB', message: aMessage({ value: 'é'.repeat(largestValueBytes / 2 + 1) }) },
    ])('$name is refused, with all that was to be published with it', async ({ message }) => {
      const [stream, topic] = [await setup.connect(), await setup.topic(1)];
      await expect(stream.publish(topic, [aMessage(), message])).rejects.toMatchObject({
        code: 'unpublishable-message',
        retriable: false,
      });
      expect((await stream.positions(topic)).map(({ end }) => end)).toEqual([0]);
    });

    test('of no messages changes nothing', async () => {
      const [stream, topic] = [await setup.connect(), await setup.topic(1)];
      await stream.publish(topic, []);
      expect((await stream.positions(topic)).map(({ end }) => end)).toEqual([0]);
    });

    test('by many publishers at once loses no message', async () => {
      const [topic, probe] = [await setup.topic(2), collect()];
      const streams = await Promise.all([setup.connect(), setup.connect(), setup.connect()]);
      const publications = Array.from({ length: 30 }, (_, number) => messagesOf(`key-${number}-`, 5));
      await Promise.all(publications.map((messages, number) => streams[number % 3]!.publish(topic, messages)));
      await streams[0]!.subscribe({ topic, group: 'readers', handler: probe.handler });
      await probe.untilCount(150);
      expect([...probe.values].sort()).toEqual(
        publications
          .flat()
          .map(({ value }) => value)
          .sort(),
      );
      for (const partition of [0, 1]) {
        const offsets = probe.deliveries
          .filter((delivery) => delivery.partition === partition)
          .map(({ offset }) => offset);
        expect(offsets).toEqual(offsets.map((_, index) => index));
      }
    });
  });
}
