import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { anotherEvent } from '../builders.ts';
import { type Ingest, startIngest } from '../driver.ts';

jest.setTimeout(30_000);

let ingest: Ingest;
beforeAll(async () => {
  ingest = await startIngest();
});
afterAll(() => ingest.stop());

/** An event with a unique message id. */
const batchOf = (...events: unknown[]) => JSON.stringify({ batch: events });

/** The activities of these events, in order. */
async function storedBodyOf(...events: readonly { messageId?: unknown }[]) {
  const ids = events.map(({ messageId }) => messageId);
  const found = await ingest.until((activities) => ids.every((id) => activities.some((one) => one.messageId === id)));
  return ids.map((id) => found.find(({ messageId }) => messageId === id)!);
}

const success = { success: true };

describe('a batch', () => {
  test('has the status 200 when all its events are in the stream', async () => {
    const events = [anotherEvent(), anotherEvent({ userId: 'bob', event: 'promise.broken' })];
    const response = await ingest.post('/v1/batch', batchOf(...events));
    expect([response.status, await response.json()]).toEqual([200, success]);
    expect(await storedBodyOf(...events)).toMatchObject([
      { name: 'order.completed', identifiers: [{ kind: 'user_id', value: 'ada' }], channel: 'web' },
      { name: 'promise.broken', identifiers: [{ kind: 'user_id', value: 'bob' }] },
    ]);
  });

  test('has a common `sentAt`, by which the clock of the device is corrected', async () => {
    const event = anotherEvent({ originalTimestamp: '2520-01-01T00:00:00.000Z' });
    await ingest.post('/v1/batch', JSON.stringify({ batch: [event], sentAt: '2520-01-01T00:01:00.000Z' }));
    const [activity] = await storedBodyOf(event);
    expect(Date.parse(activity!.receivedAt) - Date.parse(activity!.timestamp)).toBe(60_000);
  });

  test('of valid and invalid events stores the valid ones, and lists the invalid ones by index, code and reason', async () => {
    const good = [anotherEvent(), anotherEvent()];
    const bad = [
      anotherEvent({ type: 'delete' }),
      5,
      anotherEvent({ userId: undefined }),
      anotherEvent({ messageId: undefined, event: 7 }),
    ];
    const response = await ingest.post('/v1/batch', batchOf(bad[0], good[0], bad[1], bad[2], good[1], bad[3]));
    expect([response.status, await response.json()]).toEqual([
      200,
      {
        success: true,
        rejected: [
          {
            index: 0,
            messageId: (bad[0] as { messageId: string }).messageId,
            code: 'invalid-shape',
            reason: expect.stringMatching(/type/),
          },
          { index: 2, code: 'invalid-shape', reason: 'event must be object' },
          {
            index: 3,
            messageId: (bad[2] as { messageId: string }).messageId,
            code: 'identifier-missing',
            reason: expect.stringMatching(/userId/),
          },
          { index: 5, code: 'name-missing', reason: expect.stringMatching(/event/) },
        ],
      },
    ]);
    expect(await storedBodyOf(...good)).toHaveLength(2);
  });
});

describe('a single event', () => {
  test.each([
    ['track', 'order.completed'],
    ['identify', 'customer.identified'],
    ['page', 'page.viewed'],
    ['screen', 'screen.viewed'],
    ['group', 'group.joined'],
    ['alias', 'customer.aliased'],
  ])('of type %s is accepted, with any `type` in its body', async (type, name) => {
    const event = anotherEvent({ type: 'something' });
    const response = await ingest.post(`/v1/${type}`, JSON.stringify(event));
    expect([response.status, await response.json()]).toEqual([200, success]);
    expect(await storedBodyOf(event)).toMatchObject([{ type, name }]);
  });

  test('that is rejected has the status 200 with the reason, because it is stored and a retry would not help', async () => {
    const response = await ingest.post(
      '/v1/track',
      JSON.stringify(anotherEvent({ messageId: 'nameless', event: undefined })),
    );
    expect([response.status, await response.json()]).toEqual([
      200,
      {
        success: true,
        rejected: [{ index: 0, messageId: 'nameless', code: 'name-missing', reason: expect.any(String) }],
      },
    ]);
  });
});
