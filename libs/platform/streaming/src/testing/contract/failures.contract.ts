import { describe, expect, test } from '@jest/globals';
import { deadLetterTopic } from '../../dead-letter.ts';
import { deadLetter, done, retry } from '../../outcome.ts';
import { aMessage, keyIn, messagesOf } from '../messages.ts';
import { collect, each } from '../probe.ts';
import type { Stage } from './stage.ts';

export function failuresContract(stage: Stage): void {
  describe('failures', () => {
    test('a retry brings everything from that message on again, in order, and nothing before it', async () => {
      const [stream, topic] = [await stage.connect(), await stage.topic(1)];
      let refusals = 2;
      const probe = collect(each(({ value }) => (value === 'a2' && refusals-- > 0 ? retry('not yet') : done)));
      await stream.publish(topic, messagesOf('a', 5));
      await stream.subscribe({ topic, group: 'readers', handler: probe.handler });
      await probe.until((deliveries) => deliveries.filter(({ value }) => value === 'a4').length === 3);
      expect(probe.values.slice(0, 2)).toEqual(['a0', 'a1']);
      expect(probe.values.slice(2)).toEqual(['a2', 'a3', 'a4', 'a2', 'a3', 'a4', 'a2', 'a3', 'a4']);
    });

    test('other partitions go on while one is retried', async () => {
      const [stream, topic] = [await stage.connect(), await stage.topic(2)];
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

    test('what was done does not come again because of a retry in another partition', async () => {
      const [stream, topic] = [await stage.connect(), await stage.topic(2)];
      const [stuck, free] = [keyIn(0, 2), keyIn(1, 2)];
      const probe = collect(each(({ key }) => (key === stuck ? retry('not yet') : done)));
      const count = (key: string) => probe.deliveries.filter((delivery) => delivery.key === key).length;
      await stream.publish(topic, [...messagesOf(stuck, 2), ...messagesOf(free, 3)]);
      await stream.subscribe({ topic, group: 'readers', handler: probe.handler });
      await probe.until(() => count(stuck) >= 6 && count(free) > 0);
      expect(count(free)).toBe(3);
    });

    test('a handler that throws is given its batch again', async () => {
      const [stream, topic] = [await stage.connect(), await stage.topic(1)];
      let isFailing = true;
      const probe = collect(async (batch) => {
        if (isFailing) {
          isFailing = false;
          throw new Error('the database is away');
        }
        return each(() => done)(batch);
      });
      await stream.publish(topic, messagesOf('a', 2));
      await stream.subscribe({ topic, group: 'readers', handler: probe.handler });
      await probe.untilCount(4);
      expect(probe.values).toEqual(['a0', 'a1', 'a0', 'a1']);
    });

    test('a message about which a handler says nothing comes again', async () => {
      const [stream, topic] = [await stage.connect(), await stage.topic(1)];
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

    test('a dead letter is kept as it was, with its origin and the reason, and holds nothing up', async () => {
      const [stream, topic] = [await stage.connect(), await stage.topic(1)];
      const probe = collect(each(({ key }) => (key === 'bad' ? deadLetter('no such element') : done)));
      const letters = collect();
      const bad = aMessage({ key: 'bad', value: '{"element":"charm"}', headers: { ce_type: 'ScoreChanged' } });
      await stream.publish(topic, [aMessage({ key: 'good' }), bad, aMessage({ key: 'good' })]);
      await stream.subscribe({ topic, group: 'readers', handler: probe.handler });
      await stream.subscribe({ topic: deadLetterTopic, group: `of ${topic}`, handler: letters.handler });
      await probe.untilCount(3);
      const isOurs = ({ headers }: { headers: Readonly<Record<string, string>> }) =>
        headers['dead_letter_topic'] === topic;
      await letters.until((deliveries) => deliveries.some(isOurs));

      const { offset } = probe.deliveries[1]!;
      const [letter, ...more] = letters.deliveries.filter(isOurs);
      expect(more).toEqual([]);
      expect(letter).toMatchObject({ key: 'bad', value: bad.value });
      expect(letter?.headers).toEqual({
        ce_type: 'ScoreChanged',
        dead_letter_topic: topic,
        dead_letter_partition: '0',
        dead_letter_offset: String(offset),
        dead_letter_group: 'readers',
        dead_letter_reason: 'no such element',
      });
    });
  });
}
