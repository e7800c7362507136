import { describe, expect, it } from '@jest/globals';
import type { ActivityReceived } from '@sestante/contracts';
import { type Identifier, identifierKey } from '@sestante/identity';
import { linkIdOf, identifiersToFind, resolveBatch } from '../src/resolve-batch.ts';
import type { Owner } from '../src/store/owners.ts';
import { anActivity, card, device, mail, minutesAfterNoon, noon, phone, user, visitor } from './builders.ts';

const anna: Owner = {
  memberId: 'member-anna',
  customerId: 'customer-anna',
  moves: 2,
  firstPartner: null,
  firstLinkedAt: Number.NaN,
  isFirstByPage: false,
  isConfirmed: true,
};
const tablet: Owner = { ...anna, memberId: 'member-tablet', customerId: 'member-tablet', moves: 0 };
const ownersOf = (...owners: [Identifier, Owner][]) =>
  new Map(owners.map(([identifier, owner]) => [identifierKey(identifier), owner]));
const stored = (over: Partial<Owner> = {}) =>
  ownersOf([user('anna'), { ...anna, ...over }], [device('tablet'), tablet]);

/** The members and links of a batch, by identifiers instead of ids. */
function resolved(batch: readonly ActivityReceived[], owners = new Map<string, Owner>()) {
  const { members, links, entries, verified } = resolveBatch(batch, owners);
  const keyOf = new Map([...owners].map(([key, { memberId }]) => [memberId, key]));
  return {
    members: members.map(({ identifier }) => identifierKey(identifier)),
    activities: entries.map(({ memberId }) => keyOf.get(memberId)),
    links: links.map(({ members: pair, rule }) => [...pair.map((memberId) => keyOf.get(memberId)).sort(), rule]),
    verified: [...verified].map((memberId) => keyOf.get(memberId)),
  };
}

describe('a batch without stored members', () => {
  it('makes a member of each identifier, once', () => {
    const batch = [anActivity(), anActivity({ identifiers: [user('ada'), visitor('v-1')] }), anActivity()];
    expect(resolved(batch).members).toEqual(['user_id:ada', 'anonymous_id:v-1']);
  });

  it('makes each of them a customer of its own', () => {
    const batch = ['ada', 'bea', 'ada'].map((name) => anActivity({ identifiers: [user(name)] }));
    const { members, entries } = resolveBatch(batch, new Map());
    const [ada, bea] = members.map(({ memberId }) => ({ memberId, customerId: memberId, moves: 0 }));
    expect(entries).toEqual([ada, bea, ada].map((owner, index) => ({ ...batch[index], ...owner })));
  });

  it('makes nothing if it is empty', () => {
    expect(resolveBatch([], new Map())).toEqual({
      ...{ entries: [], members: [], links: [] },
      ...{ verified: new Set(), confirmed: new Set() },
    });
  });
});

describe('an activity of a stored member', () => {
  it('belongs to the member, and to the customer that the member belongs to', () => {
    const { members, entries } = resolveBatch([anActivity({ identifiers: [user('anna')] })], stored());
    expect(members).toEqual([]);
    expect(entries).toMatchObject([{ memberId: 'member-anna', customerId: 'customer-anna', moves: 2 }]);
  });
});

describe('an activity with several identifiers', () => {
  it.each([
    ['the account', [device('d'), card('c'), user('u'), mail('m')], 'user_id:u'],
    ['the card', [visitor('v'), mail('m'), card('c')], 'loyalty_card:c'],
    ['the mailbox', [device('d'), mail('m')], 'email:m'],
    ['the first of two of a kind', [card('c-2'), card('c-1')], 'loyalty_card:c-2'],
  ])('belongs to the strongest: %s', (_, identifiers, key) => {
    expect(resolved([anActivity({ identifiers })]).activities).toEqual([key]);
  });

  it('links each of the others with the strongest', () => {
    const { links } = resolved([anActivity({ identifiers: [device('d'), user('u'), mail('m')] })]);
    expect(links).toEqual([
      ['email:m', 'user_id:u', 'same-activity'],
      ['device_id:d', 'user_id:u', 'same-activity'],
    ]);
  });

  it('says when, and which activity says so', () => {
    const activity = anActivity({ identifiers: [user('anna'), device('tablet')], timestamp: minutesAfterNoon(3) });
    const members = ['member-anna', 'member-tablet'] as const;
    expect(resolveBatch([activity], stored()).links).toEqual([
      {
        linkId: linkIdOf(members, 'same-activity'),
        members,
        rule: 'same-activity',
        at: noon + 3 * 60_000,
        activityId: activity.activityId,
      },
    ]);
  });

  it('says it at the instant of its reception if its timestamp is in the future', () => {
    const identifiers = [user('ada'), visitor('v-1')];
    const activity = anActivity({ identifiers, timestamp: minutesAfterNoon(60), receivedAt: minutesAfterNoon(0) });
    expect(resolveBatch([activity], new Map()).links).toMatchObject([{ at: noon }]);
  });

  it('ignores identifiers that the source does not vouch for', () => {
    const identifiers = [{ ...card('c'), isWeak: true as const }, visitor('v')];
    expect(resolved([anActivity({ identifiers })])).toMatchObject({ members: ['anonymous_id:v'], links: [] });
  });

  it('uses those if there are no others', () => {
    const identifiers = [
      { ...mail('m'), isWeak: true as const },
      { ...card('c'), isWeak: true as const },
    ];
    expect(resolved([anActivity({ identifiers })])).toMatchObject({
      activities: ['loyalty_card:c'],
      links: [['email:m', 'loyalty_card:c', 'same-activity']],
    });
  });
});

describe('a link', () => {
  const seenTogether = (minutes: number) =>
    anActivity({ identifiers: [user('anna'), device('tablet')], timestamp: minutesAfterNoon(minutes) });

  it('is made once by several activities of a batch, by the earliest', () => {
    const batch = [2, 1, 3].map(seenTogether);
    const { links } = resolveBatch(batch, stored());
    expect(links).toMatchObject([{ at: noon + 60_000, activityId: batch[1]!.activityId }]);
  });

  it.each([
    ['of the account', { firstPartner: 'member-tablet', firstLinkedAt: noon }, {}],
    ['of the device', {}, { firstPartner: 'member-anna', firstLinkedAt: noon }],
  ])('is not made again if it is the first stored link %s', (_, ofAnna, ofTablet) => {
    const owners = ownersOf([user('anna'), { ...anna, ...ofAnna }], [device('tablet'), { ...tablet, ...ofTablet }]);
    expect(resolveBatch([seenTogether(0), seenTogether(1)], owners).links).toEqual([]);
  });

  it('is made again by an earlier activity: its instant changes', () => {
    const owners = stored({ firstPartner: 'member-tablet', firstLinkedAt: noon });
    expect(resolveBatch([seenTogether(-1)], owners).links).toHaveLength(1);
  });

  it('is made if the first stored links are with others', () => {
    const owners = stored({ firstPartner: 'member-phone', firstLinkedAt: noon });
    expect(resolveBatch([seenTogether(1)], owners).links).toHaveLength(1);
  });

  it('has one id for two members and a rule, whatever the activity', () => {
    const [one, other] = [1, 2].map((minutes) => resolveBatch([seenTogether(minutes)], stored()).links[0]!.linkId);
    expect(one).toBe(other);
    expect(linkIdOf(['a', 'b'], 'alias')).not.toBe(linkIdOf(['a', 'b'], 'same-activity'));
    expect(linkIdOf(['a', 'b'], 'alias')).not.toBe(linkIdOf(['a', 'c'], 'alias'));
  });
});

describe('an alias', () => {
  const alias = (account: Identifier, previous: Identifier) =>
    anActivity({ type: 'alias', name: 'customer.aliased', identifiers: [account, { ...previous, isAlias: true }] });

  it('of two accounts is an explicit link', () => {
    expect(resolved([alias(user('new'), user('old'))]).links).toEqual([['user_id:new', 'user_id:old', 'alias']]);
  });

  it('of an account and a browser says no more than any activity with both', () => {
    expect(resolved([alias(user('ada'), visitor('v-1'))]).links).toEqual([
      ['anonymous_id:v-1', 'user_id:ada', 'same-activity'],
    ]);
  });

  it('means the account if there is one with the value of the browser', () => {
    const { members, links } = resolved([alias(user('new'), visitor('anna'))], stored());
    expect(members).toEqual(['user_id:new']);
    expect(links).toEqual([['user_id:anna', 'user_id:new', 'alias']]);
  });

  it('of a source that does not vouch for accounts is an activity like any other', () => {
    const identifiers = [user('new'), visitor('anna')];
    const { links } = resolved([anActivity({ type: 'alias', identifiers })], stored());
    expect(links).toEqual([['anonymous_id:anna', 'user_id:new', 'same-activity']]);
  });

  it('of one account makes no link', () => {
    expect(resolved([alias(user('anna'), visitor('anna'))], stored()).links).toEqual([]);
  });

  it('is stored also if the two were seen together before', () => {
    const owners = ownersOf(
      [user('anna'), { ...anna, firstPartner: 'member-ada', firstLinkedAt: noon }],
      [user('ada'), { ...anna, memberId: 'member-ada' }],
    );
    expect(resolved([alias(user('ada'), user('anna'))], owners).links).toHaveLength(1);
  });

  it('needs the look-up of accounts with its values; other activities need only their identifiers', () => {
    const looked = (activity: ActivityReceived) => identifiersToFind([activity]).map(identifierKey);
    const identifiers = [user('new'), visitor('old')] as const;
    expect(looked(alias(...identifiers))).toEqual(['user_id:new', 'anonymous_id:old', 'user_id:old']);
    expect(looked(anActivity({ identifiers: [...identifiers] }))).toEqual(['user_id:new', 'anonymous_id:old']);
  });
});

describe('a verification', () => {
  const identifiers = [user('ada'), card('c'), mail('m'), phone('p'), visitor('v'), device('d')];

  it('is of the e-mail addresses and phones of identity.verified', () => {
    expect(resolved([anActivity({ name: 'identity.verified', identifiers })]).verified).toEqual(['email:m', 'phone:p']);
    expect(resolved([anActivity({ name: 'identity.verified', identifiers: [mail('m')] })]).verified).toEqual([
      'email:m',
    ]);
  });

  it('is not made by other activities, nor for addresses that the source does not vouch for', () => {
    const weak = [user('ada'), { ...mail('m'), isWeak: true as const }];
    expect(resolved([anActivity({ identifiers })]).verified).toEqual([]);
    expect(resolved([anActivity({ name: 'identity.verified', identifiers: weak })]).verified).toEqual([]);
  });
});

describe('a large batch', () => {
  it('looks up owners by their identifiers, and reads no others', () => {
    const owners = stored();
    const iterate = () => {
      throw new Error('The owners must be looked up by their identifiers.');
    };
    Object.assign(owners, {
      [Symbol.iterator]: iterate,
      entries: iterate,
      values: iterate,
      keys: iterate,
      forEach: iterate,
    });
    const batch = [
      anActivity({ identifiers: [user('anna'), visitor('v-1')] }),
      anActivity({ type: 'alias', identifiers: [user('bea'), { ...visitor('anna'), isAlias: true }] }),
    ];
    expect(resolveBatch(batch, owners).entries).toHaveLength(2);
  });
});
