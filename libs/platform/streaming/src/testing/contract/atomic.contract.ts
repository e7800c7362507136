import { describe, expect, test } from '@jest/globals';
import { transaction } from '@sestante/postgres';
import { collect } from '../probe.ts';
import { done } from '../../outcome.ts';
import { aMessage, messagesOf } from '../messages.ts';
import type { ContractSetup } from './contract-setup.ts';

/** Publishing in a transaction of the users' database, for adapters that support it. The others declare that they do not. */
export function atomicContract(setup: ContractSetup): void {
  describe('publishing in the transaction of the effects', () => {
    const { isAtomic } = setup.guarantees;
    test(isAtomic ? 'is declared' : 'is not supported, and the stream declares that', async () => {
      expect((await setup.connect()).atomic !== undefined).toBe(isAtomic);
    });
    if (!isAtomic) return;

    test('is visible after the commit, on every topic, and subscribers are notified', async () => {
      const [stream, database] = [await setup.connect(), setup.database()];
      const [one, other] = [await setup.topic(), await setup.topic()];
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

    test('reaches a group that subscribes after the process died between the commit and the notification', async () => {
      const [dying, database] = [await setup.connect(), setup.database()];
      const topic = await setup.topic();
      const publication = { topic, messages: messagesOf('a', 3) };
      const before = collect();
      await dying.subscribe({ topic, group: 'readers', handler: before.handler });
      await transaction(database, (client) => dying.atomic!.publishWith(client, [publication]));
      await dying.close();
      const probe = collect();
      await (await setup.connect()).subscribe({ topic, group: 'readers', handler: probe.handler });
      await probe.until((deliveries) => deliveries.length + before.deliveries.length >= 3);
      expect([...before.values, ...probe.values]).toEqual(['a0', 'a1', 'a2']);
    });

    test('leaves no messages and no gap after a rollback', async () => {
      const [stream, database] = [await setup.connect(), setup.database()];
      const topic = await setup.topic(1);
      const failing = transaction(database, async (client) => {
        await stream.atomic!.publishWith(client, [{ topic, messages: messagesOf('a', 3) }]);
        throw new Error('rolled back');
      });
      await expect(failing).rejects.toThrow('rolled back');
      await stream.publish(topic, messagesOf('a', 1));
      expect((await stream.positions(topic)).map(({ end }) => end)).toEqual([1]);
    });

    test('does not deadlock if two transactions publish to the same topics in different order', async () => {
      const [stream, database] = [await setup.connect(), setup.database()];
      const both = [await setup.topic(1), await setup.topic(1)];
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
