import { describe, expect, it } from '@jest/globals';
import { type ActivityReceived, ownSourceId } from '@sestante/contracts';
import { type Identifier, identifierKey } from '@sestante/identity';
import { resolveBatch } from '../src/resolve-batch.ts';
import type { Owner } from '../src/store/owners.ts';
import { anActivity, noon, user, visitor } from './builders.ts';

const known = { moves: 0, firstPartner: null, firstLinkedAt: null, isFirstByPage: false, isConfirmed: false };
const ofAda: Owner = { ...known, memberId: 'ada', customerId: 'ada' };
const ofBea: Owner = { ...known, memberId: 'bea', customerId: 'bea' };
const ofVisitor: Owner = { ...known, memberId: 'v-1', customerId: 'v-1' };
const ownersWith = (more: readonly [Identifier, Owner][] = []) =>
  new Map<string, Owner>(
    [[user('ada'), ofAda] as const, [user('bea'), ofBea] as const, [visitor('v-1'), ofVisitor] as const, ...more].map(
      ([one, owner]) => [identifierKey(one), owner],
    ),
  );
const tokens = new Map([
  ...[ofAda, ofBea].map((owner) => [owner.memberId, { ...owner, isStrong: true }] as const),
  ['v-2', { ...ofVisitor, memberId: 'v-2', customerId: 'v-2', isStrong: false }],
  ['v-3', { ...ofVisitor, memberId: 'v-3', customerId: 'ada', isStrong: false }],
]);

/** What an activity links, by which rule, and whom it confirms. */
function said(over: Partial<ActivityReceived>, owners = ownersWith()) {
  const { links, confirmed, verified } = resolveBatch([anActivity(over)], owners, tokens);
  return {
    links: links.map(({ members, rule }) => `${members.join(' ')} ${rule}`),
    confirmed: [...confirmed].sort(),
    verified: verified.size,
  };
}

const both = [user('ada'), visitor('v-1')];

describe('an activity by', () => {
  it('a secret key links, and confirms all whom it names', () => {
    expect(said({ identifiers: both })).toMatchObject({
      links: ['ada v-1 same-activity'],
      confirmed: ['ada', 'v-1'],
    });
  });

  it('a page alone says only that a page says it, and confirms nobody', () => {
    expect(said({ identifiers: both, vouchedBy: 'page' })).toMatchObject({
      links: ['ada v-1 same-page'],
      confirmed: [],
    });
  });

  it('a page of a source that accepts its word links, and confirms nobody', () => {
    expect(said({ identifiers: both, vouchedBy: 'page', mayLink: true })).toMatchObject({
      links: ['ada v-1 same-activity'],
      confirmed: [],
    });
  });

  const byAda = { vouchedBy: 'customer', tokenOf: 'ada' } as const;

  it('the customer links their browser with their account', () => {
    expect(said({ identifiers: both, ...byAda })).toMatchObject({
      links: ['ada v-1 same-activity'],
      confirmed: ['ada'],
    });
  });

  it('the customer links a browser that names no account', () => {
    expect(said({ identifiers: [visitor('v-1')], ...byAda })).toMatchObject({
      links: ['ada v-1 same-activity'],
      confirmed: ['ada'],
    });
  });

  it('a visitor links another browser of theirs, until somebody has logged in', () => {
    const byVisitor = (tokenOf: string) =>
      said({ identifiers: [visitor('v-1')], vouchedBy: 'customer', tokenOf }).links;
    expect(byVisitor('v-2')).toEqual(['v-1 v-2 same-activity']);
    expect(byVisitor('v-3')).toEqual([]);
  });

  it.each([
    ['the customer', byAda],
    ['a page of a source that accepts its word', { vouchedBy: 'page', mayLink: true }],
  ] as const)('%s links no second account, only browsers', (_who, word) => {
    const { links } = said({ identifiers: [user('ada'), user('bea'), visitor('v-1')], ...word });
    expect(links.sort()).toEqual(['ada bea same-page', 'ada v-1 same-activity']);
  });

  it('another customer is no more than one by a page', () => {
    expect(said({ identifiers: [user('bea'), visitor('v-1')], ...byAda })).toMatchObject({
      links: ['bea v-1 same-page'],
      confirmed: [],
    });
  });

  it('a customer who does not exist is no more than one by a page', () => {
    expect(said({ identifiers: both, vouchedBy: 'customer', tokenOf: 'nobody' })).toMatchObject({
      links: ['ada v-1 same-page'],
      confirmed: [],
    });
  });

  it.each([
    ['a key', { vouchedBy: 'secret' }],
    ['the customer', byAda],
  ] as const)('%s over the API confirms nobody, and links nothing', (_who, word) => {
    for (const identifiers of [[user('ada')], [visitor('v-1')]])
      expect(said({ identifiers, source: ownSourceId, ...word })).toMatchObject({ links: [], confirmed: [] });
  });

  it.each(['customer', 'page'] as const)('a %s verifies nothing, and makes no alias', (vouchedBy) => {
    const mine = { name: 'identity.verified', vouchedBy, tokenOf: 'ada' };
    expect(said({ ...mine, identifiers: [user('ada'), { kind: 'email', value: 'm' }] }).verified).toBe(0);
    const { links } = said({
      vouchedBy,
      tokenOf: 'ada',
      identifiers: [user('ada'), { ...user('bea'), isAlias: true }],
    });
    expect(links.filter((link) => link.endsWith('alias'))).toEqual([]);
  });
});

describe('a link that is the first stored one of its browser', () => {
  const stored = (isFirstByPage: boolean) =>
    ownersWith([[visitor('v-1'), { ...ofVisitor, firstPartner: 'ada', firstLinkedAt: noon, isFirstByPage }]]);

  it.each([
    ['by a page, is known to a page', true, 'page', 0],
    ['by a page, is new by a secret key', true, 'secret', 1],
    ['by a secret key, is known to both', false, 'page', 0],
    ['by a secret key, is known to another', false, 'secret', 0],
  ] as const)('%s', (_what, isFirstByPage, vouchedBy, news) => {
    expect(said({ identifiers: both, vouchedBy }, stored(isFirstByPage)).links).toHaveLength(news);
  });
});
