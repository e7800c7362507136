import { describe, expect, test } from '@jest/globals';
import { judgeAs } from '../../src/accept/format.ts';
import { keptOf, longestKept } from '../../src/rejected/kept-body.ts';
import { anEvent, anEventOfDepth, noon, rejectionOf, webShop } from '../builders.ts';

const kept = (event: unknown) => JSON.parse(keptOf('tracking', event).body) as unknown;

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

  test.each([5, null, 'text', [1], { context: 'wrong' }])('that is %j, what is there is kept', (event) => {
    expect(kept(event)).toEqual(event);
  });

  test('a context of which nothing is read is as none', () => {
    expect(kept({ ...anEvent(), context: { device: 'wrong', ip: '10.0.0.1' } })).toEqual(anEvent());
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
    expect(keptOf('receipt', receipt).body).toMatch(/too deeply/);
  });
});

describe('of an event in another form', () => {
  test('a CloudEvent says in its data what judging reads, and what happened', () => {
    const data = { userId: 'ada', order_id: 'o', writeKey: 'secret', context: { ip: '10.0.0.1', channel: 'app' } };
    const event = { specversion: '1.0', id: '1', source: '/erp', type: 'order.completed', data };
    expect(JSON.parse(keptOf('cloudevent', event).body)).toEqual({
      ...event,
      data: { userId: 'ada', order_id: 'o', context: { channel: 'app' } },
    });
  });

  test.each([5, null, { data: 'text' }, { data_base64: 'e30=' }])('or %j instead, that is kept', (event) => {
    expect(keptOf('cloudevent', event)).toEqual({ format: 'cloudevent', body: JSON.stringify(event) });
  });

  test('a receipt says what is read of receipts', () => {
    const receipt = { SequenceNumber: 1, RetailTransaction: { LineItem: [], Customer: { CustomerID: 'ada' } } };
    const more = {
      ...receipt,
      Address: 'Via Roma 1',
      RetailTransaction: { ...receipt.RetailTransaction, Face: 'red' },
    };
    expect(JSON.parse(keptOf('receipt', { DigitalReceipt: { Transaction: more } }).body)).toEqual(receipt);
  });
});

describe('of an event of so many characters', () => {
  const around = keptOf('tracking', anEvent({ properties: { text: '' } })).body.length;
  const sized = (length: number) => anEvent({ properties: { text: 'x'.repeat(length - around) } });

  test.each([-1, 0])('as may be kept and %i, all are', (more) => {
    const event = sized(longestKept + more);
    expect(keptOf('tracking', event)).toEqual({ format: 'tracking', body: JSON.stringify(event) });
  });

  test('as may be kept and 1, the beginning is, and it stays too large', () => {
    const { format, body } = keptOf('tracking', sized(longestKept + 1));
    expect([format, body.length < longestKept]).toEqual(['line', true]);
    expect(judgeAs(format, JSON.parse(body), { ...webShop, isPaused: false }, { receivedAt: noon })).toMatchObject({
      rejection: { code: 'too-large' },
    });
  });
});
