import { describe, expect, test } from '@jest/globals';
import { done } from '../../outcome.ts';
import { gate } from '../gate.ts';
import { messagesOf } from '../messages.ts';
import { collect, each } from '../probe.ts';
import type { ContractSetup } from './contract-setup.ts';

export function closingContract(setup: ContractSetup): void {
  describe('closing', () => {
    test('waits for the running handler and commits its outcomes', async () => {
      const [stream, witness, topic] = [await setup.connect(), await setup.connect(), await setup.topic(1)];
      const handling = gate();
      const probe = collect(async (batch) => handling.opened.then(() => each(() => done)(batch)));
      await stream.publish(topic, messagesOf('a', 3));
      await stream.subscribe({ topic, group: 'readers', handler: probe.handler });
      await probe.untilCount(1);
      let isClosed = false;
      const closed = stream.close().then(() => {
        isClosed = true;
      });
      await witness.check();
      expect(isClosed).toBe(false);
      handling.open();
      await closed;
      expect(await witness.positions(topic)).toEqual([
        { topic, partition: 0, group: 'readers', end: 3, committed: probe.deliveries.length },
      ]);
    });

    test('a group resumes at its position after its only member has left', async () => {
      const [first, second, topic] = [await setup.connect(), await setup.connect(), await setup.topic(1)];
      const [before, after] = [collect(), collect()];
      await first.publish(topic, messagesOf('a', 2));
      await first.subscribe({ topic, group: 'readers', handler: before.handler });
      await before.untilCount(2);
      await first.close();
      await second.publish(topic, messagesOf('a', 2, 2));
      await second.subscribe({ topic, group: 'readers', handler: after.handler });
      await after.untilCount(2);
      expect(after.values).toEqual(['a2', 'a3']);
    });

    test('the check of an idle stream passes, and closing it twice is no error', async () => {
      const stream = await setup.connect();
      await expect(stream.check()).resolves.toBeUndefined();
      await stream.close();
      await stream.close();
    });
  });
}
