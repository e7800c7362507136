import { describe, expect, test } from '@jest/globals';
import { deadLetter, done, type Outcome, retry } from '../outcome.ts';
import { toPossibleRepeat } from '../possible-repeat.ts';
import { toRedriven } from '../redrive.ts';
import type { Delivery } from '../stream.ts';
import { aDelivery } from '../testing/messages.ts';
import { redriving } from './redriving.ts';

const here = { topic: 'engagement.activities.v1', group: 'profile' };

/** A handler that records its messages and those reported as handled. */
function aHandler(answer: (delivery: Delivery) => Outcome | undefined = () => done) {
  const given: Delivery[] = [];
  const handled: Delivery[] = [];
  const step = redriving(async (deliveries) => void handled.push(...deliveries))(async (batch) => {
    given.push(...batch);
    return batch.map(answer) as Outcome[];
  });
  return { given, handled, handle: (...batch: Delivery[]) => step(batch, here) };
}

/** A redriven message of a group: its original position is 0/7, the current one 1/99. */
const first = aDelivery({ key: 'ada', partition: 0, offset: 7, headers: { ce_type: 'ActivityReceived' } });
const redriveGroupOf = (group: string, delivery = first) =>
  aDelivery({ ...toRedriven({ group, delivery, reason: 'boom' }), partition: 1, offset: 99 });
const plain = (offset: number) => aDelivery({ partition: 1, offset });

describe('a redriven message', () => {
  test('is passed to its group in its original form, as a possible repeat, and reported as handled', async () => {
    const { given, handled, handle } = aHandler();
    expect(await handle(plain(98), redriveGroupOf('profile'), plain(100))).toEqual([done, done, done]);
    expect(given).toEqual([plain(98), toPossibleRepeat(first), plain(100)]);
    expect(handled).toEqual([toPossibleRepeat(first)]);
  });

  test('is done for every other group without a call of its handler', async () => {
    const { given, handled, handle } = aHandler(({ offset }) => retry(String(offset)));
    expect(await handle(redriveGroupOf('scoring'), plain(100))).toEqual([done, retry('100')]);
    expect([given, handled]).toEqual([[plain(100)], []]);
    expect(await handle(redriveGroupOf('scoring'))).toEqual([done]);
  });

  test.each([[deadLetter('boom again')], [retry('not yet')], [undefined]])(
    'that is not handled is not reported as handled: %j',
    async (outcome) => {
      const { handled, handle } = aHandler(() => outcome);
      const [result] = await handle(redriveGroupOf('profile'));
      expect(result).toEqual(outcome ?? retry('the handler returned no outcome'));
      expect(handled).toEqual([]);
    },
  );

  test('without a key gets one, because the stream requires a key', () => {
    expect(toRedriven({ group: 'ingest', delivery: aDelivery({ key: '', offset: 7 }), reason: '' }).key).toBe('0/7');
  });

  test('is redelivered if it cannot be reported as handled', async () => {
    const step = redriving(() => Promise.reject(new Error('the database is unavailable')))(async (batch) =>
      batch.map(() => done),
    );
    await expect(step([redriveGroupOf('profile')], here)).rejects.toThrow('the database is unavailable');
  });
});

describe('a message with invalid redrive headers', () => {
  test.each([
    [{ redrive_group: 'scoring' }],
    [{ redrive_group: 'scoring', redrive_partition: '0' }],
    [{ redrive_group: 'scoring', redrive_partition: '0', redrive_offset: '' }],
    [{ redrive_group: 'scoring', redrive_partition: '-1', redrive_offset: '7' }],
    [{ redrive_group: 'scoring', redrive_partition: '0', redrive_offset: '1e3' }],
    [{ redrive_group: 'scoring', redrive_partition: '0', redrive_offset: '9'.repeat(16) }],
    [{ redrive_group: 'scoring', redrive_partition: '9'.repeat(10), redrive_offset: '7' }],
    [{ redrive_partition: '0', redrive_offset: '7' }],
  ])('is one like any other: %j', async (headers) => {
    const { given, handled, handle } = aHandler();
    expect(await handle(aDelivery({ headers }))).toEqual([done]);
    expect([given, handled]).toEqual([[aDelivery({ headers })], []]);
  });
});
