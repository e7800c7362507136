import { describe, expect, test } from '@jest/globals';
import { seal, topics } from '@sestante/contracts';
import { done, type Outcome, retry } from '../outcome.ts';
import type { Delivery } from '../stream.ts';
import { aDelivery } from '../testing/messages.ts';
import { decoding, type Received } from './decode.ts';

type Event = Received<typeof topics.customers>;

const here = { topic: topics.customers.name, group: 'scoring' };
const { example } = topics.customers.events.CustomerActed;
const good = (name: string): Delivery =>
  aDelivery(seal(topics.customers, { event: 'CustomerActed', id: name, key: 'c', data: { ...example, name } }));
const bad = aDelivery({ value: '{}', headers: { ce_type: 'engagement.customer.acted.v1' } });
const unknown = aDelivery({ headers: { ce_type: 'engagement.customer.vanished.v1' } });

/** Records the events of the handler, which returns the outcomes of `answer`. */
function decoded(answer: (event: Event) => Outcome = () => done) {
  const handled: Event[] = [];
  const step = decoding(topics.customers, async (events) => {
    handled.push(...events);
    return events.map(answer);
  });
  return { handled, step };
}

describe('messages', () => {
  test('are decoded to events of their topic, in order, with partition, offset and text', async () => {
    const { handled, step } = decoded();
    const batch = [good('a'), good('b')].map((delivery, offset) => ({ ...delivery, partition: 2, offset }));
    expect(await step(batch, here)).toEqual([done, done]);
    expect(handled).toEqual(
      ['a', 'b'].map((name, offset) => ({
        event: 'CustomerActed',
        id: name,
        data: { ...example, name },
        partition: 2,
        offset,
        isPossibleRepeat: false,
        text: JSON.stringify({ ...example, name }),
      })),
    );
  });

  test('that violate the contract become dead letters with the reason, and the others get their own outcomes', async () => {
    const { handled, step } = decoded(({ id }) => (id === 'b' ? retry('not yet') : done));
    const outcomes = await step([bad, good('a'), unknown, good('b'), bad, good('c')], here);
    expect(outcomes.map(({ kind }) => kind)).toEqual([
      'deadLetter',
      'done',
      'deadLetter',
      'retry',
      'deadLetter',
      'done',
    ]);
    expect(outcomes[0]).toEqual({
      kind: 'deadLetter',
      reason: expect.stringContaining("must have required property 'customerId'"),
    });
    expect(outcomes[2]).toEqual({
      kind: 'deadLetter',
      reason: expect.stringContaining('unknown type engagement.customer.vanished.v1'),
    });
    expect(handled.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  test('that all violate the contract are not passed to the handler', async () => {
    const step = decoding(topics.customers, () => Promise.reject(new Error('never called')));
    expect((await step([bad, unknown], here)).map(({ kind }) => kind)).toEqual(['deadLetter', 'deadLetter']);
  });

  test('do not change an error of the handler', async () => {
    const boom = new Error('boom');
    const step = decoding(topics.customers, () => Promise.reject(boom));
    await expect(step([good('a'), bad], here)).rejects.toBe(boom);
  });
});
