import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type Link,
  linkRules,
  type Grouping,
  groupMembers,
  identifierKinds,
  isByPage,
  isExplicit,
  isProtected,
  isStrongMember,
  type Known,
  type Member,
  type Separation,
} from '../src/index.ts';
import { aLink, aMember } from './builders.ts';

/** Few identifiers, so that links often meet. */
const memberIds = identifierKinds.flatMap((kind) => ['a', 'b', 'c'].map((value) => `${kind}:${value}`));
const members: fc.Arbitrary<Member[]> = fc.tuple(
  ...memberIds.map((memberId) =>
    fc
      .record({
        isVerified: fc.boolean(),
        isConfirmed: fc.boolean(),
        isBlocked: fc.boolean().map((isBlocked) => isBlocked && memberId.endsWith('c')),
      })
      .map((flags) => aMember(memberId, flags)),
  ),
);
const pair = fc
  .tuple(fc.constantFrom(...memberIds), fc.constantFrom(...memberIds))
  .filter(([one, other]) => one !== other);
const linkOf = (rules: readonly Link['rule'][]): fc.Arbitrary<Link> =>
  fc
    .record({
      pair,
      rule: fc.constantFrom(...rules),
      at: fc.nat(5),
      isUndone: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    })
    .map(({ pair: [one, other], ...link }) => aLink(one, other, link));
const links = (rules = linkRules as readonly Link['rule'][]) =>
  fc.uniqueArray(linkOf(rules), { selector: ({ linkId }) => linkId, maxLength: 40 });
const separations = fc.array(pair as fc.Arbitrary<Separation>, { maxLength: 3 });
const known: fc.Arbitrary<Known & { links: Link[]; members: Member[] }> = fc.record({
  members,
  links: links(),
  separations,
});

const asSets = ({ customers }: Grouping) => customers.map((one) => one.join(' ')).sort();
const customerOf = ({ customers }: Grouping) =>
  new Map(customers.flatMap((one) => one.map((memberId) => [memberId, one] as const)));

describe('for anything that is known', () => {
  test('the order in which it became known does not matter', () => {
    const shuffled = known.chain((it) =>
      fc.tuple(
        fc.constant(it),
        fc.shuffledSubarray(it.links, { minLength: it.links.length }),
        fc.shuffledSubarray(it.members, { minLength: it.members.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([it, links, members]) => {
        const [one, other] = [groupMembers(it), groupMembers({ ...it, links, members })];
        expect(asSets(other)).toEqual(asSets(one));
        expect(new Map([...other.refused].sort())).toEqual(new Map([...one.refused].sort()));
      }),
    );
  });

  test('each member has one customer, and a link that is not refused holds', () => {
    fc.assert(
      fc.property(known, (it) => {
        const grouping = groupMembers(it);
        expect(grouping.customers.flat().sort()).toEqual([...memberIds].sort());
        const customer = customerOf(grouping);
        for (const { linkId, members } of it.links)
          if (!grouping.refused.has(linkId)) expect(customer.get(members[0])).toBe(customer.get(members[1]));
      }),
    );
  });

  test('separated members are two people', () => {
    fc.assert(
      fc.property(known, (it) => {
        const customer = customerOf(groupMembers(it));
        for (const [one, other] of it.separations) expect(customer.get(one)).not.toBe(customer.get(other));
      }),
    );
  });

  test('two accounts meet only by an explicit word', () => {
    fc.assert(
      fc.property(members, links(['same-activity', 'same-page']), (all, said) => {
        const { customers } = groupMembers({ members: all, links: said, separations: [] });
        for (const one of customers)
          expect(one.filter((memberId) => memberId.startsWith('user_id'))).toHaveLength(
            one.some((id) => id.startsWith('user_id')) ? 1 : 0,
          );
      }),
    );
  });

  test('a page alone links nobody with whom a server knows', () => {
    fc.assert(
      fc.property(known, (it) => {
        const shielded = new Set(it.members.filter(isProtected).map(({ memberId }) => memberId));
        const others = it.links.filter((link) => !isByPage(link) || !link.members.some((one) => shielded.has(one)));
        expect(asSets(groupMembers(it))).toEqual(asSets(groupMembers({ ...it, links: others })));
      }),
    );
  });

  test('what a page says changes nothing for people whom servers know, and their links', () => {
    fc.assert(
      fc.property(known, (it) => {
        const all = it.members.map((member) => ({ ...member, isConfirmed: true }));
        const strong = new Set(all.filter(isProtected).map(({ memberId }) => memberId));
        const ofServers = it.links.filter((link) => !isByPage(link));
        const [one, other] = [it.links, ofServers].map((links) =>
          customerOf(groupMembers({ ...it, members: all, links })),
        );
        for (const memberId of strong)
          for (const partner of strong)
            expect(one!.get(memberId)!.includes(partner)).toBe(other!.get(memberId)!.includes(partner));
      }),
    );
  });

  test('weak identifiers bring no two strong ones together', () => {
    fc.assert(
      fc.property(known, (it) => {
        const strong = new Set(it.members.filter(isStrongMember).map(({ memberId }) => memberId));
        const ofStrong = it.links.filter((link) => isExplicit(link) || link.members.every((one) => strong.has(one)));
        const strongOnly = ({ customers }: Grouping) =>
          customers
            .map((one) => one.filter((memberId) => strong.has(memberId)).join(' '))
            .filter(Boolean)
            .sort();
        expect(strongOnly(groupMembers(it))).toEqual(strongOnly(groupMembers({ ...it, links: ofStrong })));
      }),
    );
  });

  test('a merge by hand that is undone changes nothing', () => {
    fc.assert(
      fc.property(known, pair, (it, [one, other]) => {
        const undone = aLink(one, other, { linkId: 'by hand', rule: 'merged-by-hand', isUndone: true });
        expect(asSets(groupMembers({ ...it, links: [...it.links, undone] }))).toEqual(asSets(groupMembers(it)));
      }),
    );
  });

  test('a blocked member is alone, unless somebody merged it by hand', () => {
    fc.assert(
      fc.property(members, links(['same-activity', 'same-page', 'alias']), (all, said) => {
        const customer = customerOf(groupMembers({ members: all, links: said, separations: [] }));
        for (const { memberId, isBlocked } of all) if (isBlocked) expect(customer.get(memberId)).toEqual([memberId]);
      }),
    );
  });
});
