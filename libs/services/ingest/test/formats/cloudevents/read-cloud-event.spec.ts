import { describe, expect, test } from '@jest/globals';
import { judgeAs } from '../../../src/formats/judge-as.ts';
import { nameOfType } from '../../../src/formats/cloudevents/read-cloud-event.ts';
import { fromNoon, noon, webShop } from '../../builders.ts';

/** Ada completes an order, as an event of an ERP. */
function aCloudEvent(over: object = {}): Record<string, unknown> {
  const data = { userId: 'ada', order_id: 'o-1', revenue: 41.5 };
  const event = { specversion: '1.0', id: '1', source: '/erp', type: 'com.shop.order.completed.v1', data, ...over };
  return Object.fromEntries(Object.entries(event).filter(([, value]) => value !== undefined));
}

const verdictOn = (event: unknown) =>
  judgeAs('cloudevent', event, { ...webShop, isPaused: false }, { receivedAt: noon });
function activityOf(event: unknown) {
  const verdict = verdictOn(event);
  if (verdict.kind === 'rejected') throw new Error(verdict.rejection.reason);
  return verdict.activity;
}
const rejectionOf = (event: unknown) => {
  const verdict = verdictOn(event);
  return verdict.kind === 'rejected' ? verdict.rejection : undefined;
};

describe('a CloudEvent', () => {
  test('becomes an activity', () => {
    expect(activityOf(aCloudEvent({ time: fromNoon(-5_000), channel: 'till' }))).toMatchObject({
      messageId: '/erp#1',
      type: 'track',
      name: 'order.completed',
      channel: 'store',
      identifiers: [{ kind: 'user_id', value: 'ada' }],
      timestamp: fromNoon(-5_000),
      properties: { order_id: 'o-1', revenue: 41.5 },
    });
  });

  test('has the same id as one with its id and source, and a different id otherwise', () => {
    const { activityId } = activityOf(aCloudEvent());
    expect(activityOf(aCloudEvent({ type: 'order.updated' })).activityId).toBe(activityId);
    expect(activityOf(aCloudEvent({ id: '2' })).activityId).not.toBe(activityId);
    expect(activityOf(aCloudEvent({ source: '/crm' })).activityId).not.toBe(activityId);
  });

  test('may have its fields under `properties`', () => {
    const data = { userId: 'ada', properties: { order_id: 'o-1' }, beside: 'ignored' };
    expect(activityOf(aCloudEvent({ data })).properties).toEqual({ order_id: 'o-1' });
  });

  test('may have no data', () => {
    for (const data of [undefined, null])
      expect(activityOf(aCloudEvent({ data, subject: 'user_id:ada', type: 'visit.started' })).properties).toEqual({});
  });

  test('may have base64 data with JSON', () => {
    const data_base64 = Buffer.from('{"userId":"ada","order_id":"o-1"}').toString('base64');
    expect(activityOf(aCloudEvent({ data: undefined, data_base64 })).properties).toEqual({ order_id: 'o-1' });
  });

  test('may have identifiers in traits', () => {
    const data = { userId: 'ada', traits: { plan: 'gold', email: 'ada@example.org' } };
    expect(activityOf(aCloudEvent({ data, type: 'customer.updated' }))).toMatchObject({
      traits: { plan: 'gold' },
      identifiers: [{ kind: 'user_id' }, { kind: 'email', value: 'ada@example.org' }],
    });
  });
});

describe('the identifier', () => {
  const nobody = { order_id: 'o-1' };
  test.each([
    [{ userid: 'ada' }, { kind: 'user_id', value: 'ada' }],
    [{ loyaltycard: '77' }, { kind: 'loyalty_card', value: '77' }],
    [{ email: 'Ada@Example.org' }, { kind: 'email', value: 'ada@example.org' }],
    [{ phone: '+39 02 1' }, { kind: 'phone', value: '+39021' }],
    [{ anonymousid: 'visit' }, { kind: 'anonymous_id', value: 'visit' }],
    [{ deviceid: 'kiosk' }, { kind: 'device_id', value: 'kiosk' }],
    [{ subject: 'user_id:ada' }, { kind: 'user_id', value: 'ada' }],
    [{ subject: 'loyalty_card:7:7' }, { kind: 'loyalty_card', value: '7:7' }],
  ])('may be in %j', (attributes, identifier) => {
    expect(activityOf(aCloudEvent({ data: nobody, ...attributes })).identifiers).toEqual([identifier]);
  });

  test('is not a subject of another form', () => {
    expect(rejectionOf(aCloudEvent({ data: nobody, subject: 'order:o-1' }))?.code).toBe('identifier-missing');
  });

  test('may be in several fields', () => {
    const context = { externalIds: [{ type: 'email', id: 'ada@example.org' }] };
    expect(
      activityOf(aCloudEvent({ data: { userId: 'ada', context, ...nobody }, loyaltycard: '77' })).identifiers,
    ).toEqual([
      { kind: 'user_id', value: 'ada' },
      { kind: 'loyalty_card', value: '77' },
      { kind: 'email', value: 'ada@example.org' },
    ]);
  });
});

test.each([
  [{ userid: 'bob' }, { userId: 'ada' }],
  [{ subject: 'user_id:bob', email: 'bob@example.org' }, { userId: 'ada' }],
  [{ loyaltycard: '77' }, { userId: 'ada', traits: { loyaltyCard: '78' } }],
])('with the attributes %j and other identifiers in its data %j is rejected', (attributes, data) => {
  expect(rejectionOf(aCloudEvent({ ...attributes, data }))?.code).toBe('identifier-unclear');
});

test('may have the same identifier in both, in two spellings', () => {
  const data = { userId: 'Ada@Example.org', order_id: 'o-1' };
  expect(rejectionOf(aCloudEvent({ userid: 'ada@example.org', data }))).toBeUndefined();
});

test('ids do not collide if a source contains a #', () => {
  const [one, other] = [
    { source: '/erp#orders', id: '81' },
    { source: '/erp', id: 'orders#81' },
  ].map((over) => activityOf(aCloudEvent(over)).activityId);
  expect(one).not.toBe(other);
});

describe('the name of the activity', () => {
  test.each([
    ['order.completed', 'order.completed'],
    ['com.shop.order.completed', 'order.completed'],
    ['com.shop.order.completed.v2', 'order.completed'],
    ['com.shop.order.completed.1.0', 'order.completed'],
    ['com.shop.order.completed/v1', 'order.completed'],
    ['com.shop.order.completed-v1.2', 'order.completed'],
    ['com.shop.order_completed.v1', 'order.completed'],
    ['com.shop.order-completed', 'order.completed'],
    ['com.shop.Order Completed', 'order.completed'],
    ['com.shop.OrderCompleted.v2', 'order.completed'],
    ['com.acme.ordercompleted', 'order.completed'],
    ['Order Completed', 'order.completed'],
    ['OrderCompleted', 'order.completed'],
    ['orderCompleted.v1', 'order.completed'],
    ['com.shop.gift.wrapped.v1', 'gift.wrapped'],
    ['com.shop.GiftWrapped', 'Gift Wrapped'],
    ['GiftWrapped', 'Gift Wrapped'],
    ['com.shop.step.1', 'shop.step'],
    ...[
      ...['com.shop.order.v1.completed', 'com.shop.order.completed.2024-01-01', 'com.shop.order.completed.20240101'],
      ...[
        'com.shop.order.completed.1',
        'com.shop.order.completed@1.0.0',
        'com.shop.order.completed:v1',
        'OrderCompletedV2',
      ],
      ...[
        'com.shop.order.completed.v1beta1',
        'com.shop.order.completed_v1',
        'com/shop/order/completed',
        'urn:shop:order:completed',
      ],
      ...['com.shop.order.completed.event', 'com.shop.OrderCompletedEvent', 'com.shop.order-completed-2024-01-01'],
    ].map((type) => [type, 'order.completed']),
    ['hugged', 'hugged'],
    ['purchase', 'order.completed'],
    ['.', '.'],
  ])('for the type %s is %s', (type, name) => {
    expect(nameOfType(type)).toBe(name);
  });
});

test.each(['.'.repeat(2_000_000), '.1'.repeat(1_000_000) + 'x', `${'a.'.repeat(1_000_000)}order.completed`])(
  'a type of two million characters is read by its end',
  (type) => {
    expect(nameOfType(type)).toBe(nameOfType(type.slice(-256)));
  },
);

describe('an invalid CloudEvent', () => {
  test.each([
    [5, /object/],
    [null, /object/],
    [[], /object/],
    ['text', /object/],
    [{}, /specversion/],
    [aCloudEvent({ specversion: '0.3' }), /specversion/],
    [aCloudEvent({ specversion: 1 }), /specversion/],
    [aCloudEvent({ id: undefined }), /^id/],
    [aCloudEvent({ id: '' }), /^id/],
    [aCloudEvent({ id: 7 }), /^id/],
    [aCloudEvent({ source: undefined }), /^source/],
    [aCloudEvent({ type: undefined }), /^type/],
    [aCloudEvent({ data: 'text' }), /^data/],
    [aCloudEvent({ data: [1] }), /^data/],
    [aCloudEvent({ data: undefined, data_base64: 'not json' }), /^data/],
  ])('%j is rejected with the reason', (event, reason) => {
    expect(rejectionOf(event)).toMatchObject({ code: 'cloudevent-invalid', reason: expect.stringMatching(reason) });
  });

  test('retains its id if it has one', () => {
    expect(rejectionOf(aCloudEvent({ source: undefined }))?.messageId).toBe('1');
  });

  test.each([
    [{ time: 'yesterday' }, 'timestamp-invalid'],
    [{ data: { userId: 'ada', properties: 'wrong' } }, 'invalid-shape'],
    [{ data: { userId: 'ada', context: 'wrong' } }, 'invalid-shape'],
    [{ data: { userId: {} } }, 'invalid-shape'],
    [{ type: '...' }, 'name-missing'],
    [{ id: 'x'.repeat(256) }, 'invalid-shape'],
  ])('%j is judged like any event', (over, code) => {
    expect(rejectionOf(aCloudEvent(over))?.code).toBe(code);
  });
});
