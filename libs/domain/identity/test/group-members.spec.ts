import { describe, expect, test } from '@jest/globals';
import { type Link, customerIdOf, groupMembers, identifierKinds, mostPartners } from '../src/index.ts';
import { aLink, aMember, grouped } from './builders.ts';

const reasons = (links: readonly Link[], members = [] as Parameters<typeof grouped>[1]) => [
  ...grouped(links, members).refused.values(),
];

describe('a merge by hand', () => {
  const byHand = (one: string, other: string, over = {}) => aLink(one, other, { rule: 'merged-by-hand', ...over });

  test('merges two accounts', () => {
    expect(grouped([byHand('user_id:ada', 'user_id:bea')]).customers).toEqual([['user_id:ada', 'user_id:bea']]);
  });

  test('merges in spite of a block, unless it is undone', () => {
    const blocked = [aMember('loyalty_card:demo', { isBlocked: true })];
    expect(grouped([byHand('user_id:ada', 'loyalty_card:demo')], blocked).customers).toHaveLength(1);
    expect(reasons([byHand('user_id:ada', 'user_id:bea', { isUndone: true })])).toEqual(['unmerged']);
  });

  test('lets the device of both be one more member', () => {
    const shared = [aLink('user_id:ada', 'device_id:d', { at: 1 }), aLink('user_id:bea', 'device_id:d', { at: 2 })];
    expect(reasons(shared)).toEqual(['another-person']);
    expect(reasons([...shared, byHand('user_id:ada', 'user_id:bea')])).toEqual([]);
  });
});

describe('separated members', () => {
  test('stay apart, also by others that are linked with them', () => {
    const links = [aLink('user_id:ada', 'loyalty_card:1'), aLink('loyalty_card:1', 'loyalty_card:2', { at: 1 })];
    const members = ['user_id:ada', 'loyalty_card:1', 'loyalty_card:2'].map((memberId) => aMember(memberId));
    const { customers, refused } = groupMembers({ members, links, separations: [['loyalty_card:2', 'user_id:ada']] });
    expect(customers).toEqual([['loyalty_card:1', 'user_id:ada'], ['loyalty_card:2']]);
    expect([...refused.values()]).toEqual(['unmerged']);
  });
});

describe('a blocked identifier', () => {
  test('is linked with nobody by activities', () => {
    const blocked = [aMember('loyalty_card:demo', { isBlocked: true })];
    expect(reasons([aLink('user_id:ada', 'loyalty_card:demo')], blocked)).toEqual(['blocked']);
  });
});

describe.each(identifierKinds)('an identifier that comes with others of the kind %s', (kind) => {
  const most = mostPartners[kind];
  const linksWith = (count: number) =>
    Array.from({ length: count }, (_, at) => aLink('email:info', `${kind}:${at}`, { at }));

  test.each([most - 1, most])('is linked while there are %d', (count) => {
    const { refused, shared } = grouped(linksWith(count));
    expect([...refused.values()].filter((reason) => reason === 'too-many')).toEqual([]);
    expect(shared.size).toBe(0);
  });

  test(`is shared and linked with none of them if there are ${most + 1}`, () => {
    const { refused, shared, customers } = grouped(linksWith(most + 1));
    expect([...shared]).toEqual(['email:info']);
    expect(new Set(refused.values())).toEqual(new Set(['too-many']));
    expect(customers).toHaveLength(most + 2);
  });
});

describe('a shared member of which not all links are known', () => {
  test('stays shared', () => {
    const members = [aMember('device_id:till'), aMember('user_id:ada')];
    const known = { members, links: [aLink('user_id:ada', 'device_id:till')], separations: [] };
    expect(groupMembers({ ...known, shared: new Set(['device_id:till']) }).customers).toHaveLength(2);
  });
});

describe('the id of a customer', () => {
  test.each([
    ['its only member', ['device_id:3'], 'device_id:3'],
    ['the oldest of equals', ['user_id:4', 'user_id:3'], 'user_id:3'],
    ['the account, although the browser is older', ['anonymous_id:1', 'user_id:2', 'loyalty_card:0'], 'user_id:2'],
    ['the card, if there is no account', ['email:1', 'loyalty_card:2'], 'loyalty_card:2'],
  ])('is that of %s', (_what, members, id) => {
    expect(customerIdOf(members.map((memberId) => aMember(memberId)))).toBe(id);
  });
});
