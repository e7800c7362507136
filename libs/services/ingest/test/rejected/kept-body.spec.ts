import { describe, expect, test } from '@jest/globals';
import { keptBody } from '../../src/rejected/kept-body.ts';
import { anEvent, anEventOfDepth, rejectionOf } from '../builders.ts';

const kept = (event: unknown) => JSON.parse(keptBody('tracking', event)) as unknown;

describe('of an event that could not be used', () => {
  test('everything that judging reads is kept', () => {
    const event = anEvent({
      anonymousId: 'visit',
      event: undefined,
      properties: { ip: 'of a property' },
      traits: { email: 'ada@example.org' },
      context: { channel: 'app', traits: { phone: '1' }, externalIds: [], device: { id: 'd' } },
      originalTimestamp: '2026-11-20T12:00:00Z',
      sentAt: '2026-11-20T12:00:00Z',
    });
    expect(kept(event)).toEqual(event);
    expect(rejectionOf(kept(event))).toEqual(rejectionOf(event));
  });

  test('nothing else is: no address of the network, no page, no write key', () => {
    const context = { ip: '10.0.0.1', userAgent: 'Mozilla', page: { url: 'https://shop.example/?mail=ada' } };
    const device = { id: 'd', advertisingId: 'tracked', model: 'phone' };
    expect(kept({ ...anEvent(), writeKey: 'secret', context: { ...context, device } })).toEqual({
      ...anEvent(),
      context: { device: { id: 'd' } },
    });
  });

  test.each([5, null, 'text', [1], { context: 'wrong' }, { context: { device: 'wrong' } }])(
    'that is %j, what is there is kept',
    (event) => expect(keptBody('tracking', event)).toBe(JSON.stringify(event).replace('"device":"wrong"', '')),
  );

  test('a number that is too large for JSON is kept as one, and not as nothing', () => {
    const event = JSON.parse(
      '{"type":"track","messageId":1e999,"userId":-1e999,"properties":{"weight":1e-999}}',
    ) as object;
    expect(kept(event)).toEqual(event);
    expect(rejectionOf(kept(event))).toEqual(rejectionOf(event));
  });

  test('that nests too deeply to be written, that it did is kept', () => {
    expect(kept(anEventOfDepth(100_000))).toMatch(/too deeply/);
  });
});
