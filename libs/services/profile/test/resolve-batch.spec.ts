import { describe, expect, it } from '@jest/globals';
import { identifierKey, type Owner } from '@sestante/identity';
import { resolveBatch } from '../src/resolve-batch.ts';
import { anActivity, card, device, user, visitor } from './builders.ts';

const anna: Owner = { memberId: 'member-anna', customerId: 'customer-anna', strong: [user('anna')] };
const anonymous: Owner = { memberId: 'member-visitor', customerId: 'customer-visitor', strong: [] };
const ownersOf = (...owners: [Parameters<typeof identifierKey>[0], Owner][]) =>
  new Map(owners.map(([identifier, owner]) => [identifierKey(identifier), owner]));

describe('a batch without stored owners', () => {
  it('creates a member and a customer for the first activity, and later activities of the batch use them', () => {
    const batch = [anActivity(), anActivity({ identifiers: [user('ada'), visitor('v-1')] }), anActivity()];
    const { customers, members, identifiers, entries } = resolveBatch(batch, new Map());
    const [{ memberId, customerId }] = members as [{ memberId: string; customerId: string }];
    expect(customers).toEqual([customerId]);
    expect(members).toEqual([{ memberId, customerId }]);
    expect(identifiers).toEqual([
      { identifier: user('ada'), memberId, customerId },
      { identifier: visitor('v-1'), memberId, customerId },
    ]);
    expect(entries).toEqual(batch.map((activity) => ({ ...activity, memberId, customerId })));
  });

  it('creates one customer for each person', () => {
    const batch = ['ada', 'bea', 'ada'].map((name) => anActivity({ identifiers: [user(name)] }));
    const { customers, entries } = resolveBatch(batch, new Map());
    expect(customers).toHaveLength(2);
    expect(entries.map(({ customerId }) => customers.indexOf(customerId))).toEqual([0, 1, 0]);
  });

  it('creates nothing if it is empty', () => {
    const nothing = { customers: [], members: [], identifiers: [], strengthened: new Map(), entries: [] };
    expect(resolveBatch([], new Map())).toEqual(nothing);
  });
});

describe('a member that is stored with one identifier', () => {
  it('gets its activities, and nothing is created', () => {
    const resolved = resolveBatch([anActivity({ identifiers: [user('anna')] })], ownersOf([user('anna'), anna]));
    expect(resolved).toMatchObject({ customers: [], members: [], identifiers: [] });
    expect(resolved.entries[0]).toMatchObject({ memberId: 'member-anna', customerId: 'customer-anna' });
  });

  it('gets the new identifiers of its activities, each once', () => {
    const batch = [1, 2].map(() => anActivity({ identifiers: [user('anna'), card('c-1'), device('phone')] }));
    const { identifiers } = resolveBatch(batch, ownersOf([user('anna'), anna]));
    expect(identifiers.map(({ identifier }) => identifierKey(identifier))).toEqual([
      'loyalty_card:c-1',
      'device_id:phone',
    ]);
  });
});

describe('a visitor who signs up in the middle of a batch', () => {
  const owners = () => ownersOf([visitor('v-1'), anonymous], [device('tablet'), anonymous]);

  it('stays the same member, now with an account', () => {
    const batch = [anActivity({ identifiers: [user('bea'), visitor('v-1')] })];
    expect(resolveBatch(batch, owners()).entries[0]).toMatchObject({ memberId: 'member-visitor' });
  });

  it('does not share its account with another person who signs up with one of its identifiers', () => {
    const batch = [
      anActivity({ identifiers: [user('bea'), visitor('v-1')] }),
      anActivity({ identifiers: [user('cleo'), device('tablet')] }),
    ];
    const [bea, cleo] = resolveBatch(batch, owners()).entries;
    expect(bea!.memberId).toBe('member-visitor');
    expect(cleo!.memberId).not.toBe('member-visitor');
  });

  it('is reported with its number of stored strong identifiers, so that the store can check it again', () => {
    const batch = [
      anActivity({ identifiers: [user('bea'), visitor('v-1')] }),
      anActivity({ identifiers: [user('bea'), card('c-1')] }),
      anActivity({ identifiers: [user('cleo')] }),
      anActivity({ identifiers: [user('cleo'), card('c-2')] }),
    ];
    expect(resolveBatch(batch, owners()).strengthened).toEqual(new Map([['member-visitor', 0]]));
  });

  it('keeps its identifiers: later activities with them belong to it', () => {
    const batch = [
      anActivity({ identifiers: [user('bea'), visitor('v-1')] }),
      anActivity({ identifiers: [device('tablet')] }),
      anActivity({ identifiers: [user('bea')] }),
    ];
    expect(resolveBatch(batch, owners()).entries.map(({ memberId }) => memberId)).toEqual(
      Array(3).fill('member-visitor'),
    );
  });

  it('is not looked for among all other owners of a large batch', () => {
    const all = owners();
    const iterate = () => {
      throw new Error('The owners must be looked up by their identifiers.');
    };
    Object.assign(all, {
      [Symbol.iterator]: iterate,
      entries: iterate,
      values: iterate,
      keys: iterate,
      forEach: iterate,
    });
    const batch = [
      anActivity({ identifiers: [user('bea'), visitor('v-1')] }),
      anActivity({ identifiers: [user('bea'), card('c-1')] }),
      anActivity({ identifiers: [user('cleo'), device('tablet')] }),
    ];
    const [bea, again, cleo] = resolveBatch(batch, all).entries;
    expect(again!.memberId).toBe(bea!.memberId);
    expect(cleo!.memberId).not.toBe(bea!.memberId);
  });
});
