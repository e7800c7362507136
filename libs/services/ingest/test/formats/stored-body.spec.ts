import { describe, expect, test } from '@jest/globals';
import { fingerprintOf, storedBodyOf } from '../../src/formats/stored-body.ts';
import { anEvent, anEventOfDepth, rejectionOf } from '../builders.ts';

const kept = (event: unknown) => JSON.parse(storedBodyOf('tracking', event).toString()) as unknown;

describe('of an event that could not be used', () => {
  test('everything is kept that it may need to be mended', () => {
    const event = anEvent({
      user_id: 'ada',
      userId: undefined,
      properties: { ip: 'of a property' },
      context: { channel: 'app', ip: '10.0.0.1', page: { url: 'https://shop.example/' }, device: { model: 'phone' } },
      originalTimestamp: '2026-11-20T12:00:00Z',
      sentAt: '2026-11-20T12:00:00Z',
      more: [1, { deep: true }],
    });
    expect(kept(event)).toEqual(event);
    expect(rejectionOf(kept(event))).toEqual(rejectionOf(event));
  });

  test('the write key is not: it is a secret', () => {
    expect(kept({ ...anEvent(), writeKey: 'secret' })).toEqual(anEvent());
    const event = { specversion: '1.0', data: { userId: 'ada' } };
    const withKey = { ...event, data: { ...event.data, writeKey: 'secret' } };
    expect(JSON.parse(storedBodyOf('cloudevent', withKey).toString())).toEqual(event);
  });

  test.each([5, null, 'text', [1], { context: 'wrong' }])('that is %j, what is there is kept', (event) => {
    expect(kept(event)).toEqual(event);
  });

  test('a number that is too large for JSON is kept as one, and not as nothing', () => {
    const event = JSON.parse(
      '{"type":"track","messageId":1e999,"userId":-1e999,"properties":{"weight":1e-999}}',
    ) as object;
    expect(kept(event)).toEqual(event);
    expect(rejectionOf(kept(event))).toEqual(rejectionOf(event));
  });

  test('that nests too deeply to be written, that it did is kept', () => {
    expect(kept(anEventOfDepth(100_000))).toMatch(/too deeply/);
    const receipt = { RetailTransaction: anEventOfDepth(100_000) };
    expect(storedBodyOf('receipt', receipt).toString()).toMatch(/too deeply/);
  });
});

describe('of an event in another form', () => {
  test.each(['cloudevent', 'receipt'] as const)('as %s, all is kept, also what is no such thing', (format) => {
    for (const event of [5, null, { data: 'text' }, { flat: 1, Store: 'city' }])
      expect(storedBodyOf(format, event).toString()).toBe(JSON.stringify(event));
  });

  test('a line is kept as its bytes, also where they are no text', () => {
    const bytes = Buffer.from('K\xf6ln;12', 'latin1');
    expect(storedBodyOf('line', { code: 'not-utf8', reason: '', bytes })).toEqual(bytes);
  });
});

test('what an event says is known again whenever it was sent', () => {
  const print = (event: object) => fingerprintOf('tracking', event, storedBodyOf('tracking', event));
  expect(print(anEvent({ sentAt: '2026-11-20T12:00:00Z' }))).toBe(print(anEvent({ sentAt: '2026-11-20T12:01:00Z' })));
  expect(print(anEvent())).not.toBe(print(anEvent({ event: 'Order Placed' })));
});
