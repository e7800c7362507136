import { describe, expect, it } from '@jest/globals';
import { identifierKey, type Owner } from '@sestante/identity';
import { resolveBatch } from '../src/resolve-batch.ts';
import { anActivity, card, device, user, visitor } from './builders.ts';

const anna: Owner = { memberId: 'member-anna', customerId: 'customer-anna', strong: [user('anna')] };
const nobody: Owner = { memberId: 'member-visitor', customerId: 'customer-visitor', strong: [] };
const known = (...owners: [Parameters<typeof identifierKey>[0], Owner][]) =>
  new Map(owners.map(([identifier, owner]) => [identifierKey(identifier), owner]));

describe('nobody is known', () => {
  it('makes a member and a customer for the first activity, and the later ones of the batch find them', () => {
    const batch = [anActivity(), anActivity({ identifiers: [user('ada'), visitor('v-1')] }), anActivity()];
    const { customers, members, identifiers, entries } = resolveBatch(batch, new Map());
    const [{ memberId, customerId }] = members as [{ memberId: string; customerId: string }];
    expect(customers).toEqual([customerId]);
    expect(members).toEqual([{ memberId, customerId }]);
    expect(identifiers).toEqual([
      { identifier: user('ada'), memberId },
      { identifier: visitor('v-1'), memberId },
    ]);
    expect(entries).toEqual(batch.map((activity) => ({ ...activity, memberId, customerId })));
  });

  it('makes one customer for each person', () => {
    const batch = ['ada', 'bea', 'ada'].map((name) => anActivity({ identifiers: [user(name)] }));
    const { customers, entries } = resolveBatch(batch, new Map());
    expect(customers).toHaveLength(2);
    expect(entries.map(({ customerId }) => customers.indexOf(customerId))).toEqual([0, 1, 0]);
  });

  it('makes nothing of an empty batch', () => {
    const nothing = { customers: [], members: [], identifiers: [], strengthened: new Map(), entries: [] };
    expect(resolveBatch([], new Map())).toEqual(nothing);
  });
});

describe('a member is known by one identifier', () => {
  it('gets its activities without anything new being made', () => {
    const made = resolveBatch([anActivity({ identifiers: [user('anna')] })], known([user('anna'), anna]));
    expect(made).toMatchObject({ customers: [], members: [], identifiers: [] });
    expect(made.entries[0]).toMatchObject({ memberId: 'member-anna', customerId: 'customer-anna' });
  });

  it('gets the new identifiers that come with it, each once', () => {
    const batch = [1, 2].map(() => anActivity({ identifiers: [user('anna'), card('c-1'), device('phone')] }));
    const { identifiers } = resolveBatch(batch, known([user('anna'), anna]));
    expect(identifiers.map(({ identifier }) => identifierKey(identifier))).toEqual([
      'loyalty_card:c-1',
      'device_id:phone',
    ]);
  });
});

describe('a visitor signs up in the middle of a batch', () => {
  const owners = () => known([visitor('v-1'), nobody], [device('tablet'), nobody]);

  it('stays who it was, with an account', () => {
    const batch = [anActivity({ identifiers: [user('bea'), visitor('v-1')] })];
    expect(resolveBatch(batch, owners()).entries[0]).toMatchObject({ memberId: 'member-visitor' });
  });

  it('does not share its account with the next who signs up on another identifier of it', () => {
    const batch = [
      anActivity({ identifiers: [user('bea'), visitor('v-1')] }),
      anActivity({ identifiers: [user('cleo'), device('tablet')] }),
    ];
    const [bea, cleo] = resolveBatch(batch, owners()).entries;
    expect(bea!.memberId).toBe('member-visitor');
    expect(cleo!.memberId).not.toBe('member-visitor');
  });

  it('is noted with how many strong identifiers it was seen to have, so that the store can look again', () => {
    const batch = [
      anActivity({ identifiers: [user('bea'), visitor('v-1')] }),
      anActivity({ identifiers: [user('bea'), card('c-1')] }),
      anActivity({ identifiers: [user('cleo')] }),
      anActivity({ identifiers: [user('cleo'), card('c-2')] }),
    ];
    expect(resolveBatch(batch, owners()).strengthened).toEqual(new Map([['member-visitor', 0]]));
  });

  it('keeps the identifiers that it had: what they do later is its own', () => {
    const batch = [
      anActivity({ identifiers: [user('bea'), visitor('v-1')] }),
      anActivity({ identifiers: [device('tablet')] }),
      anActivity({ identifiers: [user('bea')] }),
    ];
    expect(resolveBatch(batch, owners()).entries.map(({ memberId }) => memberId)).toEqual(
      Array(3).fill('member-visitor'),
    );
  });
});
