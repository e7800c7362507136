import { describe, expect, test } from '@jest/globals';
import { fingerprintOf, storedBodyOf } from '../../src/formats/stored-body.ts';
import { anEvent, anEventOfDepth, rejectionOf } from '../builders.ts';

const kept = (event: unknown) => JSON.parse(storedBodyOf('tracking', event).toString()) as unknown;

describe('the stored body of a rejected event', () => {
  test('contains everything that a correction may need', () => {
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

  test('does not contain the write key, which is a secret', () => {
    expect(kept({ ...anEvent(), writeKey: 'secret' })).toEqual(anEvent());
    const event = { specversion: '1.0', data: { userId: 'ada' } };
    const withKey = { ...event, data: { ...event.data, writeKey: 'secret' } };
    expect(JSON.parse(storedBodyOf('cloudevent', withKey).toString())).toEqual(event);
  });

  test.each([5, null, 'text', [1], { context: 'wrong' }])('%j is the event itself', (event) => {
    expect(kept(event)).toEqual(event);
  });

  test('contains a number that is too large for JSON, not null', () => {
    const event = JSON.parse(
      '{"type":"track","messageId":1e999,"userId":-1e999,"properties":{"weight":1e-999}}',
    ) as object;
    expect(kept(event)).toEqual(event);
    expect(rejectionOf(kept(event))).toEqual(rejectionOf(event));
  });

  test('is a placeholder if the event is nested too deeply', () => {
    expect(kept(anEventOfDepth(100_000))).toMatch(/too deeply/);
    const receipt = { RetailTransaction: anEventOfDepth(100_000) };
    expect(storedBodyOf('receipt', receipt).toString()).toMatch(/too deeply/);
  });
});

describe('the stored body of an event in another format', () => {
  test.each(['cloudevent', 'receipt'] as const)('%s contains everything, also if the event is invalid', (format) => {
    for (const event of [5, null, { data: 'text' }, { flat: 1, Store: 'city' }])
      expect(storedBodyOf(format, event).toString()).toBe(JSON.stringify(event));
  });

  test('of a line is its bytes, also if they are no text', () => {
    const bytes = Buffer.from('K\xf6ln;12', 'latin1');
    expect(storedBodyOf('line', { code: 'not-utf8', reason: '', bytes })).toEqual(bytes);
  });
});

test('the fingerprint of an event does not depend on the time of sending', () => {
  const print = (event: object) => fingerprintOf('tracking', event, storedBodyOf('tracking', event));
  expect(print(anEvent({ sentAt: '2026-11-20T12:00:00Z' }))).toBe(print(anEvent({ sentAt: '2026-11-20T12:01:00Z' })));
  expect(print(anEvent())).not.toBe(print(anEvent({ event: 'Order Placed' })));
});
