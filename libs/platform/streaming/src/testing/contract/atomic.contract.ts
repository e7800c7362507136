import { describe, expect, test } from '@jest/globals';
import { transaction } from '@sestante/postgres';
import { collect } from '../probe.ts';
import { done } from '../../outcome.ts';
import { aMessage, messagesOf } from '../messages.ts';
import type { Stage } from './stage.ts';

/** Publishing in a transaction of the users' database: for adapters that can. The others declare that they cannot. */
export function atomicContract(stage: Stage): void {
  describe('publishing with the effects of its publisher', () => {
    const { isAtomic } = stage.guarantees;
    test(isAtomic ? 'is declared' : 'is not possible, and the stream declares that', async () => {
      expect((await stage.connect()).atomic !== undefined).toBe(isAtomic);
    });
    if (!isAtomic) return;

    test('is seen when they are committed, on every topic, and subscribers are notified', async () => {
      const [stream, database] = [await stage.connect(), stage.database()];
      const [one, other] = [await stage.topic(), await stage.topic()];
      const probe = collect(async (batch) => batch.map(() => done));
      for (const topic of [one, other]) await stream.subscribe({ topic, group: 'readers', handler: probe.handler });
      const notify = await transaction(database, async (client) => {
        const notifyAll = await stream.atomic!.publishWith(client, [
          { topic: one, messages: [aMessage({ value: 'one' })] },
          { topic: other, messages: [aMessage({ value: 'other' })] },
        ]);
        expect(probe.values).toEqual([]);
        return notifyAll;
      });
      notify();
      await probe.untilCount(2);
      expect(probe.values.toSorted()).toEqual(['one', 'other']);
    });

    test('leaves nothing where they are rolled back, and no hole', async () => {
      const [stream, database] = [await stage.connect(), stage.database()];
      const topic = await stage.topic(1);
      const failing = transaction(database, async (client) => {
        await stream.atomic!.publishWith(client, [{ topic, messages: messagesOf('a', 3) }]);
        throw new Error('rolled back');
      });
      await expect(failing).rejects.toThrow('rolled back');
      await stream.publish(topic, messagesOf('a', 1));
      expect((await stream.positions(topic)).map(({ end }) => end)).toEqual([1]);
    });

    test('does not wait in a circle where two publish to the same topics in another order', async () => {
      const [stream, database] = [await stage.connect(), stage.database()];
      const both = [await stage.topic(1), await stage.topic(1)];
      const publishing = async (order: readonly string[]) =>
        transaction(database, (client) =>
          stream.atomic!.publishWith(
            client,
            order.map((topic) => ({ topic, messages: messagesOf('a', 1) })),
          ),
        );
      const rounds = Array.from({ length: 20 }, (_, round) => (round % 2 === 0 ? both : both.toReversed()));
      await Promise.all(rounds.map(publishing));
      for (const topic of both) expect((await stream.positions(topic)).map(({ end }) => end)).toEqual([20]);
    });
  });
}
