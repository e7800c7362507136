import { describe, expect, test } from '@jest/globals';
import { activityIdOf } from '../../src/judge/activity-id.ts';
import {
  aCustomEvent,
  activityOf,
  anEvent,
  anEventOfBytes,
  anEventOfDepth,
  fromNoon,
  noon,
  rejectionOf,
  webShop,
} from '../builders.ts';

describe('an event that can be used', () => {
  test('becomes an activity of the vocabulary', () => {
    const event = anEvent({
      anonymousId: 'browser-1',
      properties: { order_id: 'o-1', revenue: 41.5 },
      traits: { email: 'Ada@Example.org' },
      context: { channel: 'mobile' },
      timestamp: fromNoon(-1_000),
    });
    expect(activityOf(event)).toEqual({
      activityId: activityIdOf(webShop.id, 'message-1'),
      source: webShop.id,
      messageId: 'message-1',
      type: 'track',
      name: 'order.completed',
      channel: 'mobile',
      vouchedBy: 'secret',
      identifiers: [
        { kind: 'user_id', value: 'ada' },
        { kind: 'email', value: 'ada@example.org' },
        { kind: 'anonymous_id', value: 'browser-1' },
      ],
      timestamp: fromNoon(-1_000),
      receivedAt: noon.toISOString(),
      properties: { order_id: 'o-1', revenue: 41.5 },
      traits: { email: 'Ada@Example.org' },
      contentHash: expect.any(Number),
    });
  });

  test('may have null for missing fields', () => {
    const nothing = { anonymousId: null, properties: null, traits: null, context: null, timestamp: null, sentAt: null };
    const event = anEvent({ event: 'Thanks Received', ...nothing });
    expect(activityOf(event)).toMatchObject({ properties: {}, traits: {}, timestamp: noon.toISOString() });
  });

  test('may have unknown fields', () => {
    expect(activityOf(anEvent({ integrations: { All: true }, writeKey: 'x', version: 2 })).name).toBe(
      'order.completed',
    );
  });
});

describe('a message id', () => {
  test('is generated for each event if it is missing', () => {
    const [one, other] = [undefined, null, ''].map((messageId) => activityOf(anEvent({ messageId })));
    expect(one!.messageId).toMatch(/^[0-9a-f-]{36}$/);
    expect(other!.messageId).not.toBe(one!.messageId);
  });

  test('can be a number, as in tills', () => {
    expect(activityOf(anEvent({ messageId: 4711 })).messageId).toBe('4711');
  });

  test.each([
    [255, undefined],
    [256, undefined],
    [257, 'invalid-shape'],
  ])('of %d characters is rejected as %s', (length, code) => {
    expect(rejectionOf(anEvent({ messageId: 'm'.repeat(length) }))?.code).toBe(code);
  });

  test('of a rejected event is in the rejection, shortened to 256 characters', () => {
    expect(rejectionOf(anEvent({ event: '', messageId: 'message-7' }))?.messageId).toBe('message-7');
    expect(rejectionOf(anEvent({ event: '', messageId: 7 }))?.messageId).toBe('7');
    expect(rejectionOf(anEvent({ messageId: 'm'.repeat(300) }))?.messageId).toBe('m'.repeat(256));
    expect(rejectionOf(anEvent({ messageId: { not: 'a text' } }))?.messageId).toBeUndefined();
  });
});

describe('the id of an activity', () => {
  test('is the same at any time, and in any version of Sestante', () => {
    expect(activityIdOf(webShop.id, 'message-1')).toBe('67f95de3-8996-561a-a5e6-cf8378cb6c24');
    expect(activityOf(anEvent()).activityId).toBe(activityOf(aCustomEvent({ other: true })).activityId);
  });

  test('differs by message id and by source', () => {
    const other = '0199c0de-0000-7000-8000-00000000a002';
    const ids = [
      activityIdOf(webShop.id, 'message-1'),
      activityIdOf(webShop.id, 'message-2'),
      activityIdOf(other, 'message-1'),
    ];
    expect(new Set(ids).size).toBe(3);
  });
});

describe('an event that cannot be used', () => {
  test.each([
    ['null', null],
    ['a number', 5],
    ['a text', 'Order Completed'],
    ['true', true],
    ['a list', [anEvent()]],
  ])('because it is %s has the reason that it must be an object', (_, event) => {
    expect(rejectionOf(event)).toEqual({ code: 'invalid-shape', reason: 'event must be object', messageId: undefined });
  });

  test.each([
    [{ type: undefined }, "event must have required property 'type'"],
    [{ type: 'delete' }, 'event/type must be one of track, identify, page, screen, group, alias'],
    [{ type: null }, 'event/type must be one of track, identify, page, screen, group, alias'],
    [{ messageId: {} }, 'event/messageId must be string'],
    [{ userId: {} }, 'event/userId must be string'],
    [{ userId: true }, 'event/userId must be string'],
    [{ anonymousId: ['a'] }, 'event/anonymousId must be string'],
    [{ properties: 'none' }, 'event/properties must be object'],
    [{ properties: [1] }, 'event/properties must be object'],
    [{ traits: 1 }, 'event/traits must be object'],
    [{ context: 'web' }, 'event/context must be object'],
  ])('because of %j has all errors of its shape as reason', (fields, reason) => {
    const event = JSON.parse(JSON.stringify(anEvent(fields))) as unknown;
    expect(rejectionOf(event)).toEqual({ code: 'invalid-shape', reason, messageId: rejectionOf(event)?.messageId });
  });

  test.each([
    ['name-missing', { event: undefined }, '`event` is required in a track event: the name of the activity'],
    ['name-missing', { event: 42 }, '`event` is required in a track event: the name of the activity'],
    ['name-too-long', { event: 'x'.repeat(129) }, 'the name of the activity has more than 128 characters'],
    [
      'identifier-missing',
      { userId: undefined },
      'no identifier: send userId, anonymousId or another identifier of at most 256 characters that is not a placeholder such as "null"',
    ],
    [
      'identifier-missing',
      { userId: undefined, User_ID: 'ada' },
      'no identifier: send userId, anonymousId or another identifier of at most 256 characters that is not a placeholder such as "null"; `User_ID` is ignored, use `userId`',
    ],
    [
      'identifier-missing',
      { userId: '', email: 'ada@example.org' },
      'no identifier: send userId, anonymousId or another identifier of at most 256 characters that is not a placeholder such as "null"; `email` is ignored, use `traits.email`',
    ],
    [
      'identifier-missing',
      { userId: undefined, [`user${'_'.repeat(40)}id`]: 'ada' },
      'no identifier: send userId, anonymousId or another identifier of at most 256 characters that is not a placeholder such as "null"',
    ],
    [
      'timestamp-invalid',
      { timestamp: 'yesterday' },
      'timestamp must be a date and time in ISO 8601, such as 2026-10-09T12:00:00Z',
    ],
  ])('is rejected as %s because of %j', (code, fields, reason) => {
    expect(rejectionOf(anEvent(fields))).toEqual({ code, reason, messageId: 'message-1' });
  });
});

test.each([
  { properties: [], context: [], traits: [] },
  { properties: '', context: false },
  { messageId: false, anonymousId: false },
])('an empty list or `false`, as PHP writes missing values, counts as missing: %j', (fields) => {
  expect(activityOf(anEvent({ event: 'Unsubscribed', ...fields }))).toMatchObject({
    name: 'message.unsubscribed',
    properties: fields.properties === undefined ? { order_id: 'o-1' } : {},
    identifiers: [{ kind: 'user_id', value: 'ada' }],
  });
});

test('all errors of the shape of an event are reported', () => {
  expect(rejectionOf({ userId: true, properties: [1], context: 'web' })?.reason).toBe(
    [
      "event must have required property 'type'",
      'event/userId must be string',
      'event/properties must be object',
      'event/context must be object',
    ].join('; '),
  );
});

test('all faults of an event are reported', () => {
  expect(rejectionOf({ type: 'track', event: '?', userId: 'null', timestamp: 'yesterday' })).toEqual({
    code: 'name-missing',
    reason: [
      '`event` is required in a track event: the name of the activity',
      'no identifier: send userId, anonymousId or another identifier of at most 256 characters that is not a placeholder such as "null"',
      'timestamp must be a date and time in ISO 8601, such as 2026-10-09T12:00:00Z',
    ].join('; '),
    messageId: undefined,
  });
});

describe('the content hash of an event', () => {
  const hashOf = (over: object, reception = {}) => activityOf(anEvent(over), reception).contentHash;

  test('is the same at any time of sending and reception', () => {
    const timestamp = fromNoon(-1_000);
    expect(hashOf({ timestamp, sentAt: fromNoon(0) })).toBe(
      hashOf({ timestamp, sentAt: fromNoon(5_000) }, { receivedAt: new Date(noon.getTime() + 6_000) }),
    );
    expect(hashOf({})).toBe(hashOf({}, { receivedAt: new Date(noon.getTime() + 6_000) }));
    expect(hashOf({ properties: { order_id: 'o-1', revenue: '41,50' } })).toBe(
      hashOf({ properties: { order_id: 'o-1', revenue: 41.5 } }),
    );
  });

  test.each([
    [{ event: 'Order Placed Again' }],
    [{ userId: 'bea' }],
    [{ properties: { order_id: 'o-2' } }],
    [{ traits: { city: 'Bari' } }],
    [{ context: { channel: 'store' } }],
    [{ properties: { order_id: 'o-1', revenue: '1.2.3' } }],
    [{ timestamp: fromNoon(-1_000) }],
  ])('differs with %j', (over) => {
    expect(hashOf(over)).not.toBe(hashOf({}));
  });
});

describe('the size of an event', () => {
  test.each([
    [32 * 1024 - 1, undefined],
    [32 * 1024, undefined],
    [32 * 1024 + 1, 'too-large'],
  ])('of %d bytes is rejected as %s', (bytes, code) => {
    const event = anEventOfBytes(bytes);
    expect(Buffer.byteLength(JSON.stringify(event))).toBe(bytes);
    expect(rejectionOf(event)?.code).toBe(code);
  });

  test('is measured in bytes, not in characters', () => {
    expect(rejectionOf(aCustomEvent({ note: '€'.repeat(11_000) }))?.code).toBe('too-large');
  });

  test('includes the value of a key that only looks like a prototype', () => {
    const hiding = JSON.parse('{"__proto\\u0000__": {"properties": {"note": ""}}}') as Record<
      string,
      { properties: object }
    >;
    hiding['__proto\u0000__']!.properties = { note: 'x'.repeat(33 * 1024) };
    const verdict = () => activityOf({ ...hiding, ...anEvent() });
    expect(verdict().properties).toEqual({ order_id: 'o-1' });
  });
});

describe('the depth of an event', () => {
  test.each([
    [31, undefined],
    [32, undefined],
    [33, 'too-deep'],
  ])('of %d levels is rejected as %s', (levels, code) => {
    expect(rejectionOf(anEventOfDepth(levels))?.code).toBe(code);
  });

  test('counts lists and objects', () => {
    expect(rejectionOf(anEventOfDepth(31, []))).toBeUndefined();
    expect(rejectionOf(anEventOfDepth(32, []))?.code).toBe('too-deep');
  });

  test('of 100,000 brackets is rejected as too deep', () => {
    const brackets = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as unknown;
    expect(rejectionOf(aCustomEvent({ brackets }))).toEqual({
      code: 'too-deep',
      reason: 'the event is nested more than 32 levels deep',
      messageId: 'message-1',
    });
  });
});

describe('characters that Postgres rejects', () => {
  test.each([
    ['NUL', 'a\u0000b', 'ab'],
    ['the first half of a pair', 'a\ud83db', 'a\ufffdb'],
    ['the second half of a pair', 'a\ude00b', 'a\ufffdb'],
    ['both halves in the wrong order', '\ude00\ud83d', '\ufffd\ufffd'],
  ])('%s: are replaced everywhere except in ids', (_, bad, good) => {
    const activity = activityOf(
      anEvent({
        event: 'Gift Wrapped',
        properties: { [bad]: [{ [bad]: bad }] },
        traits: { note: bad },
      }),
    );
    expect(activity).toMatchObject({
      properties: { [good]: [{ [good]: good }] },
      traits: { note: good },
    });
  });

  test('do not affect whole surrogate pairs', () => {
    expect(activityOf(aCustomEvent({ note: '👩‍🚀 𝟙' })).properties).toEqual({ note: '👩‍🚀 𝟙' });
  });

  test('leave an empty text if there are no others', () => {
    expect(rejectionOf(anEvent({ event: '\u0000' }))?.code).toBe('name-missing');
  });
});

describe('keys that reach prototypes', () => {
  const poisoned = (key: string) =>
    JSON.parse(
      `{"type":"track","userId":"ada","event":"Gift Wrapped","properties":{"${key}":{"isAdmin":true},"a":1}}`,
    ) as unknown;

  test('__proto__ is removed', () => {
    const { properties } = activityOf(poisoned('__proto__'));
    expect(Object.getPrototypeOf(properties)).toBe(Object.prototype);
    expect(JSON.stringify(properties)).toBe('{"a":1}');
  });

  test('__proto__ with a NUL in it is removed, too', () => {
    const { properties } = activityOf(poisoned('__proto\\u0000__'));
    expect(Object.getPrototypeOf(properties)).toBe(Object.prototype);
    expect(JSON.stringify(properties)).toBe('{"a":1}');
  });

  test.each(['constructor', 'toString', 'hasOwnProperty'])('%s is a property like any other', (key) => {
    expect(JSON.stringify(activityOf(poisoned(key)).properties)).toBe(`{"${key}":{"isAdmin":true},"a":1}`);
  });
});

describe('the kinds of event', () => {
  test.each([
    ['identify', 'customer.identified'],
    ['page', 'page.viewed'],
    ['screen', 'screen.viewed'],
    ['group', 'group.joined'],
    ['alias', 'customer.aliased'],
  ])('%s is the activity %s, regardless of its name', (type, name) => {
    expect(activityOf(anEvent({ type, event: 'Something Else' }))).toMatchObject({ type, name });
  });

  test('fields of a page, screen or group outside its properties become properties', () => {
    expect(activityOf(anEvent({ type: 'page', name: 'Home', category: 'Shop', properties: {} })).properties).toEqual({
      name: 'Home',
      category: 'Shop',
    });
    expect(activityOf(anEvent({ type: 'group', groupId: 7, properties: {} })).properties).toEqual({ group_id: 7 });
  });

  test('properties take precedence over such fields', () => {
    expect(activityOf(anEvent({ type: 'page', name: 'Home', properties: { name: 'Start' } })).properties).toEqual({
      name: 'Start',
    });
  });

  test('the traits of a group are properties of the activity, not traits of the person', () => {
    const activity = activityOf(
      anEvent({
        type: 'group',
        groupId: 'g-1',
        traits: { email: 'office@example.org', industry: 'wool' },
        properties: {},
      }),
    );
    expect(activity).toMatchObject({
      identifiers: [{ kind: 'user_id', value: 'ada' }],
      properties: { group_id: 'g-1', email: 'office@example.org', industry: 'wool' },
      traits: {},
    });
  });
});

describe('the channel', () => {
  test('is that of the source if the event has none', () => {
    expect(activityOf(anEvent()).channel).toBe('web');
  });

  test.each(['web', 'mobile', 'store', 'service', 'other'])('is %s if it is in the context', (channel) => {
    expect(activityOf(anEvent({ context: { channel }, channel: 'other' })).channel).toBe(channel);
  });

  test.each([
    ['app', 'mobile'],
    ['till', 'store'],
    ['pos', 'store'],
  ])('%s is read as %s', (channel, ours) => {
    expect(activityOf(anEvent({ context: { channel } })).channel).toBe(ours);
  });

  test('may be outside the context, as in RudderStack', () => {
    expect(activityOf(anEvent({ channel: 'mobile' })).channel).toBe('mobile');
    expect(activityOf(anEvent({ channel: 'mobile', context: { channel: 'sources' } })).channel).toBe('mobile');
  });

  test.each([['pigeon'], ['WEB'], [5], [null], [{ name: 'web' }], ['toString']])('%j is unknown', (channel) => {
    expect(activityOf(anEvent({ channel, context: { channel } })).channel).toBe('web');
  });
});
