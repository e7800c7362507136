import { describe, expect, test } from '@jest/globals';
import { compose } from '../../middleware/compose.ts';
import { redriving } from '../../middleware/redriving.ts';
import { deadLetter, done, retry } from '../../outcome.ts';
import { toPossibleRepeat } from '../../possible-repeat.ts';
import { toRedriven } from '../../redrive.ts';
import type { DeadLetter, Delivery, Handler } from '../../stream.ts';
import { eventually } from '../eventually.ts';
import { aMessage, keyIn, messagesOf } from '../messages.ts';
import { collect, each } from '../probe.ts';
import type { ContractSetup } from './contract-setup.ts';

export function failuresContract(setup: ContractSetup): void {
  describe('failures', () => {
    test('after a retry, all messages from that one on are redelivered in order, and none before it', async () => {
      const [stream, topic] = [await setup.connect(), await setup.topic(1)];
      let refusals = 2;
      const probe = collect(each(({ value }) => (value === 'a2' && refusals-- > 0 ? retry('not yet') : done)));
      await stream.publish(topic, messagesOf('a', 5));
      await stream.subscribe({ topic, group: 'readers', handler: probe.handler });
      await probe.until((deliveries) => deliveries.filter(({ value }) => value === 'a4').length === 3);
      expect(probe.values.slice(0, 2)).toEqual(['a0', 'a1']);
      expect(probe.values.slice(2)).toEqual(['a2', 'a3', 'a4', 'a2', 'a3', 'a4', 'a2', 'a3', 'a4']);
    });

    test('other partitions continue while one is retried', async () => {
      const [stream, topic] = [await setup.connect(), await setup.topic(2)];
      const [stuck, free] = [keyIn(0, 2), keyIn(1, 2)];
      let isRefusing = true;
      const probe = collect(each(({ key }) => (key === stuck && isRefusing ? retry('not yet') : done)));
      const count = (key: string) => probe.deliveries.filter((delivery) => delivery.key === key).length;
      await stream.publish(topic, messagesOf(stuck, 1));
      await stream.subscribe({ topic, group: 'readers', handler: probe.handler });
      await probe.until(() => count(stuck) >= 1);
      await stream.publish(topic, messagesOf(free, 3));
      await probe.until(() => count(free) === 3);

      isRefusing = false;
      const before = count(stuck);
      await probe.until(() => count(stuck) > before);
    });

    test('a retry in one partition does not redeliver messages of another that are done', async () => {
      const [stream, topic] = [await setup.connect(), await setup.topic(2)];
      const [stuck, free] = [keyIn(0, 2), keyIn(1, 2)];
      const probe = collect(each(({ key }) => (key === stuck ? retry('not yet') : done)));
      const count = (key: string) => probe.deliveries.filter((delivery) => delivery.key === key).length;
      await stream.publish(topic, [...messagesOf(stuck, 2), ...messagesOf(free, 3)]);
      await stream.subscribe({ topic, group: 'readers', handler: probe.handler });
      await probe.until(() => count(stuck) >= 6 && count(free) > 0);
      expect(count(free)).toBe(3);
    });

    test('a batch is redelivered after its handler throws', async () => {
      const [stream, topic] = [await setup.connect(), await setup.topic(1)];
      let isFailing = true;
      const probe = collect(async (batch) => {
        if (isFailing) {
          isFailing = false;
          throw new Error('the database is unavailable');
        }
        return each(() => done)(batch);
      });
      await stream.publish(topic, messagesOf('a', 2));
      await stream.subscribe({ topic, group: 'readers', handler: probe.handler });
      await probe.untilCount(4);
      expect(probe.values).toEqual(['a0', 'a1', 'a0', 'a1']);
    });

    test('a message without an outcome is redelivered', async () => {
      const [stream, topic] = [await setup.connect(), await setup.topic(1)];
      let isForgetful = true;
      const probe = collect(async (batch) => {
        const outcomes = batch.map(() => done);
        if (isForgetful) outcomes.pop();
        isForgetful = false;
        return outcomes;
      });
      await stream.publish(topic, messagesOf('a', 2));
      await stream.subscribe({ topic, group: 'readers', handler: probe.handler });
      await probe.untilCount(3);
      expect(probe.values).toEqual(['a0', 'a1', 'a1']);
    });

    test('a dead letter is stored unchanged with its origin and the reason, and blocks nothing', async () => {
      const [stream, topic] = [await setup.connect(), await setup.topic(1)];
      const probe = collect(each(({ key }) => (key === 'bad' ? deadLetter('no such element') : done)));
      const kept: DeadLetter[] = [];
      const storeDeadLetters = async (letters: readonly DeadLetter[]) => void kept.push(...letters);
      const bad = aMessage({ key: 'bad', value: '{"element":"charm"}', headers: { ce_type: 'ScoreChanged' } });
      await stream.publish(topic, [aMessage({ key: 'good' }), bad, aMessage({ key: 'good' })]);
      await stream.subscribe({ topic, group: 'readers', handler: probe.handler, storeDeadLetters });
      await probe.untilCount(3);
      await stream.publish(topic, [aMessage({ key: 'good' })]);
      await probe.untilCount(4);
      expect(kept).toEqual([{ group: 'readers', delivery: probe.deliveries[1], reason: 'no such element' }]);
      expect(probe.deliveries[1]).toMatchObject({ ...bad, topic, partition: 0 });
    });

    test.each([
      ['cannot be stored', async () => Promise.reject(new Error('the database is unavailable'))],
      ['has no place', undefined],
    ])('a dead letter that %s is redelivered and not lost', async (_, storeDeadLetters) => {
      const [stream, topic] = [await setup.connect(), await setup.topic(1)];
      let isBad = true;
      const probe = collect(each(() => (isBad ? deadLetter('no such element') : done)));
      await stream.publish(topic, messagesOf('a', 1));
      await stream.subscribe({
        topic,
        group: 'readers',
        handler: probe.handler,
        ...(storeDeadLetters && { storeDeadLetters }),
      });
      await probe.untilCount(2);
      isBad = false;
      const before = probe.deliveries.length;
      await probe.untilCount(before + 1);
      expect(new Set(probe.values)).toEqual(new Set(['a0']));
    });

    test('a redriven dead letter is handled only by its group, and has its original position if it fails again', async () => {
      const [stream, topic] = [await setup.connect(), await setup.topic(1)];
      const kept: DeadLetter[] = [];
      const handled: Delivery[] = [];
      let isCorrected = false;
      const reader = (group: string, handler: Handler) => {
        const step = compose([redriving(async (deliveries) => void handled.push(...deliveries))], handler);
        return stream.subscribe({
          topic,
          group,
          handler: (batch) => step(batch, { topic, group }),
          storeDeadLetters: async (letters) => void kept.push(...letters),
        });
      };
      const own = collect(each(({ key }) => (key === 'bad' && !isCorrected ? deadLetter('no such element') : done)));
      const other = collect();
      const bad = aMessage({ key: 'bad', headers: { ce_type: 'ScoreChanged' } });
      await stream.publish(topic, [aMessage({ key: 'good' }), bad]);
      await reader('readers', own.handler);
      await reader('others', other.handler);
      await eventually(() => expect(kept).toHaveLength(1));

      await stream.publish(topic, [toRedriven(kept[0]!)]);
      await eventually(() => expect(kept).toHaveLength(2));
      // Its effect may exist under another offset: its readers look it up.
      const redriven = toPossibleRepeat({ ...kept[0]!.delivery, publishedAt: expect.any(Number) as unknown as number });
      expect(kept[1]).toEqual({ ...kept[0], delivery: redriven });
      expect(handled).toEqual([]);

      isCorrected = true;
      await stream.publish(topic, [toRedriven(kept[1]!), aMessage({ key: 'last' })]);
      await eventually(() => expect(handled).toEqual([redriven]));
      await other.until((deliveries) => deliveries.some(({ key }) => key === 'last'));
      expect(other.deliveries.map(({ key }) => key)).toEqual(['good', 'bad', 'last']);
    });
  });
}
