import { describe, expect, test } from '@jest/globals';
import { activityOf, anEvent, rejectionOf, violationsOf, webShop } from '../builders.ts';

const identifiersIn = (fields: object) =>
  activityOf(anEvent({ userId: undefined, ...fields })).identifiers.map(({ kind, value }) => `${kind} ${value}`);

describe('the identifiers of an event', () => {
  test('are sorted strongest first, from all parts of the event', () => {
    const event = {
      userId: 'ada',
      anonymousId: 'browser-1',
      traits: { email: 'ada@example.org', phone: '+39 335 1234567', loyaltyCard: 'card-1' },
      context: {
        device: { id: 'phone-1' },
        traits: { email: 'ada@work.example', loyalty_card: 'card-2' },
        externalIds: [
          { id: 'card-3', type: 'loyalty_card', collection: 'users', encoding: 'none' },
          { id: 'x-1', type: 'cross_domain_id' },
        ],
      },
    };
    expect(identifiersIn(event)).toEqual([
      'user_id ada',
      'loyalty_card card-3',
      'loyalty_card card-1',
      'loyalty_card card-2',
      'email ada@example.org',
      'email ada@work.example',
      'phone +393351234567',
      'anonymous_id browser-1',
      'device_id phone-1',
    ]);
  });

  test('are normalised, without duplicates', () => {
    const event = { traits: { email: ' ADA@example.org' }, context: { traits: { email: 'ada@example.org ' } } };
    expect(identifiersIn(event)).toEqual(['email ada@example.org']);
  });

  test.each([
    [{ userId: 42 }, 'user_id 42'],
    [{ userId: 7 }, 'user_id 7'],
    [{ anonymousId: 7.5 }, 'anonymous_id 7.5'],
    [{ traits: { loyaltyCard: 400638133393 } }, 'loyalty_card 400638133393'],
    [{ traits: { phone: 393351234567 } }, 'phone 393351234567'],
    [{ context: { device: { id: 5 } } }, 'device_id 5'],
    [{ context: { externalIds: [{ id: 9, type: 'loyalty_card' }] } }, 'loyalty_card 9'],
  ])('can be numbers: %j', (fields, identifier) => {
    expect(identifiersIn(fields)).toEqual([identifier]);
  });

  test('contain the previous id of an alias', () => {
    expect(identifiersIn({ type: 'alias', userId: 'ada', previousId: 'browser-1' })).toEqual([
      'user_id ada',
      'anonymous_id browser-1',
    ]);
    expect(identifiersIn({ type: 'track', userId: 'ada', previousId: 'browser-1' })).toEqual(['user_id ada']);
  });

  test.each([
    ['a secret key that vouches for accounts', { keyKind: 'secret' }, true],
    ['a secret key that does not', { keyKind: 'secret', claims: ['email'] }, undefined],
    ['a browser key', { keyKind: 'browser' }, undefined],
  ] as const)('are an alias only with %s', (_key, vouching, isAlias) => {
    const event = anEvent({ type: 'alias', userId: 'ada', anonymousId: 'browser-2', previousId: 'bea' });
    const { identifiers } = activityOf(event, {}, { ...webShop, ...vouching });
    expect(identifiers.find(({ value }) => value === 'bea')).toMatchObject({ kind: 'anonymous_id' });
    expect(identifiers.map((one) => [one.value, one.isAlias]).filter(([, alias]) => alias)).toEqual(
      isAlias ? [['bea', true]] : [],
    );
  });

  test('do not contain those of a group', () => {
    const traits = { email: 'office@example.org', phone: '0471 123', loyaltyCard: 'company-card' };
    expect(identifiersIn({ type: 'group', userId: 'ada', groupId: 'g-1', traits })).toEqual(['user_id ada']);
    const person = { traits: { email: 'ada@example.org' } };
    expect(identifiersIn({ type: 'group', groupId: 'g-1', traits, context: person })).toEqual([
      'email ada@example.org',
    ]);
  });

  test('do not contain those of a group that @jitsu/js mixes with the traits of the person', () => {
    const context = { library: { name: '@jitsu/js' }, traits: { email: 'office@example.org' } };
    expect(identifiersIn({ userId: 'ada', groupId: 'g-1', context })).toEqual(['user_id ada']);
    expect(identifiersIn({ userId: 'ada', context })).toEqual(['user_id ada', 'email office@example.org']);
    const identify = { type: 'identify', groupId: 'g-1', traits: { email: 'ada@example.org' }, context };
    expect(identifiersIn(identify)).toEqual(['email ada@example.org']);
    const other = { ...context, library: { name: 'analytics.js' } };
    expect(identifiersIn({ groupId: 'g-1', context: other })).toEqual(['email office@example.org']);
  });

  test.each([
    ['nothing', {}],
    ['the empty text', { userId: '', anonymousId: ' ' }],
    ['null', { userId: null, anonymousId: null }],
    ['a mail that is an object', { traits: { email: {} } }],
    ['external ids that are no list', { context: { externalIds: { id: 'x', type: 'user_id' } } }],
    ['external ids of other kinds', { context: { externalIds: [{ id: 'x', type: 'passport' }, null, 5, 'x'] } }],
    ['a device without an id', { context: { device: null } }],
    ['traits that are missing', { traits: null, context: { traits: 'none' } }],
  ])('are empty for %s', (_, fields) => {
    expect(rejectionOf(anEvent({ userId: undefined, ...fields }))?.code).toBe('identifier-missing');
  });

  test.each([
    [255, true],
    [256, true],
    [257, false],
  ])('of %d characters are accepted: %s', (length, isSomebody) => {
    const event = anEvent({ userId: 'u'.repeat(length) });
    expect(rejectionOf(event)?.code).toBe(isSomebody ? undefined : 'identifier-missing');
  });

  test('that are too long do not affect the others', () => {
    expect(identifiersIn({ userId: 'u'.repeat(257), anonymousId: 'browser-1' })).toEqual(['anonymous_id browser-1']);
  });
});

describe('an ambiguous id', () => {
  const codeOf = (fields: object) => rejectionOf(anEvent(fields))?.code;
  const safe = Number.MAX_SAFE_INTEGER;

  test.each([
    ['userId', safe - 1, { userId: safe - 1 }],
    ['userId', safe, { userId: safe }],
    ['loyalty card', -safe, { traits: { loyalty_card: -safe } }],
    ['messageId', safe, { messageId: safe }],
    ['userId', 'an emoji', { userId: '🛒' }],
  ])('is not %s %s', (_, _value, fields) => {
    expect(activityOf(anEvent(fields)).identifiers.length).toBeGreaterThan(0);
  });

  test.each([
    ['userId', { userId: safe + 1 }],
    ['anonymousId', { anonymousId: -safe - 1 }],
    ['messageId', { messageId: safe + 1 }],
    ['previousId', { type: 'alias', previousId: safe + 1 }],
    ['loyalty card', { traits: { loyalty_card: 6.001234567890124e18 } }],
    ['loyalty card without end', { traits: { loyaltyCard: Infinity } }],
    ['device', { context: { device: { id: 1e300 } } }],
    ['external id', { context: { externalIds: [{ type: 'loyalty_card', id: Infinity }] } }],
    ['userId with a NUL', { userId: 'mer\u0000ge' }],
    ['userId with half a pair', { userId: 's\ud800' }],
    ['messageId with a NUL', { messageId: 'dup\u0000' }],
    ['mail with half a pair', { context: { traits: { email: 'a\udc01@b.example' } } }],
    ['userId that was no UTF-8', { userId: 'b\ufffdhm' }],
    ['userId with a tab', { userId: 'ada\tlovelace' }],
    ['phone of a spreadsheet', { traits: { phone: '3,93471E+11' } }],
    ['loyalty card with a fraction', { traits: { loyalty_card: 4006.5 } }],
    ['messageId of a spreadsheet', { userId: 'ada', messageId: '1.23457E+14' }],
    ['loyalty card of a spreadsheet', { traits: { loyalty_card: '4,00638E+12', phone: '3,93471E+11' } }],
  ])('is rejected: %s', (_, fields) => {
    expect(codeOf({ userId: undefined, ...fields })).toBe('identifier-unclear');
  });

  test('is removed with a violation if a stronger one identifies the same person', () => {
    const event = anEvent({ traits: { loyaltyCard: '4,00638E+12' }, anonymousId: 'b\ufffdhm' });
    expect(activityOf(event).identifiers).toEqual([{ kind: 'user_id', value: 'ada' }]);
    expect(violationsOf(event)).toEqual(['identifier-unclear anonymous_id', 'identifier-unclear loyalty_card']);
  });

  test('is rejected if the others are weaker or equally strong', () => {
    expect(codeOf({ userId: 'b\ufffdhm', anonymousId: 'visit' })).toBe('identifier-unclear');
    const externalIds = [{ type: 'user_id', id: 'x\u0000' }];
    expect(codeOf({ context: { externalIds } })).toBe('identifier-unclear');
  });

  test('of a group is ignored, as it is not of the person', () => {
    expect(activityOf(anEvent({ type: 'group', traits: { loyalty_card: safe + 1 } })).type).toBe('group');
  });
});
