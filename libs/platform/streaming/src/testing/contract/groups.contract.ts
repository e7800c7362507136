import { describe, expect, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { done } from '../../outcome.ts';
import type { Handler } from '../../stream.ts';
import { gate } from '../gate.ts';
import { messagesOf } from '../messages.ts';
import { collect } from '../probe.ts';
import type { ContractSetup } from './contract-setup.ts';

const keys = Array.from({ length: 16 }, (_, number) => `customer-${number}-`);

const slowly =
  (ms: number): Handler =>
  async (batch) => {
    await pause(ms);
    return batch.map(() => done);
  };

export function groupsContract(setup: ContractSetup): void {
  describe('groups', () => {
    test('a new group starts at the beginning', async () => {
      const [stream, topic, probe] = [await setup.connect(), await setup.topic(1), collect()];
      await stream.publish(topic, messagesOf('a', 3));
      await stream.subscribe({ topic, group: 'newcomers', handler: probe.handler });
      await probe.untilCount(3);
      expect(probe.values).toEqual(['a0', 'a1', 'a2']);
    });

    test('every group gets all messages', async () => {
      const [stream, topic] = [await setup.connect(), await setup.topic(1)];
      const [scoring, offers] = [collect(), collect()];
      await stream.subscribe({ topic, group: 'scoring', handler: scoring.handler });
      await stream.subscribe({ topic, group: 'offers', handler: offers.handler });
      await stream.publish(topic, messagesOf('a', 4));
      await Promise.all([scoring.untilCount(4), offers.untilCount(4)]);
      expect([scoring.values, offers.values]).toEqual([scoring.values, scoring.values]);
    });

    test('the members of a group share its partitions', async () => {
      const [first, second, topic] = [await setup.connect(), await setup.connect(), await setup.topic(4)];
      const group = collect(slowly(5));
      const [here, there] = [collect(group.handler), collect(group.handler)];
      await first.subscribe({ topic, group: 'readers', batchSize: 2, handler: here.handler });
      await second.subscribe({ topic, group: 'readers', batchSize: 2, handler: there.handler });
      const published: string[] = [];
      for (let round = 0; here.values.length === 0 || there.values.length === 0; round++) {
        const messages = keys.flatMap((key) => messagesOf(key, 1, round));
        published.push(...messages.map(({ value }) => value));
        await first.publish(topic, messages);
        await pause(20);
      }
      await group.until((deliveries) => new Set(deliveries.map(({ value }) => value)).size === published.length);
      expect([...new Set(group.values)].sort()).toEqual(published.sort());
    });

    test('the messages of a member that dies are delivered to another one', async () => {
      const [first, second, topic] = [await setup.connect(), await setup.connect(), await setup.topic(1)];
      const never = gate();
      const dying = collect(async () => never.opened.then(() => []));
      await first.publish(topic, messagesOf('a', 3));
      await first.subscribe({ topic, group: 'readers', handler: dying.handler });
      await dying.untilCount(1);

      const heir = collect();
      await second.subscribe({ topic, group: 'readers', handler: heir.handler });
      await setup.crash(first);
      await heir.untilCount(3);
      expect(heir.values).toEqual(['a0', 'a1', 'a2']);
      never.open();
    });

    const { sessionTimeoutMs } = setup.guarantees;
    const handlerMs = sessionTimeoutMs === undefined ? 300 : sessionTimeoutMs * 1.2;
    const length = sessionTimeoutMs === undefined ? 'takes long' : 'outlasts the session';
    test(`a handler that ${length} is not called a second time for its batch`, async () => {
      const [first, second, topic] = [await setup.connect(), await setup.connect(), await setup.topic(1)];
      const group = collect();
      let isSlow = true;
      const slow = collect(async (batch) => {
        if (isSlow) await pause(handlerMs);
        isSlow = false;
        return group.handler(batch);
      });
      await first.publish(topic, messagesOf('a', 1));
      await first.subscribe({ topic, group: 'readers', handler: slow.handler });
      await slow.untilCount(1);
      await second.subscribe({ topic, group: 'readers', handler: group.handler });
      await first.publish(topic, messagesOf('a', 1, 1));
      await group.until((deliveries) => deliveries.some(({ value }) => value === 'a1'));
      expect(group.values).toEqual(['a0', 'a1']);
    });
  });
}
