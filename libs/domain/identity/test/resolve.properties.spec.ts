import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { identifierKey, identifierKinds, isStrong, resolve, strongest, type Identifier } from '../src/index.ts';
import { emptyMembers } from './members.ts';

/** Few values, so that activities often share identifiers. */
const named = { kind: fc.constantFrom(...identifierKinds), value: fc.constantFrom('a', 'b', 'c') };
const identifier: fc.Arbitrary<Identifier> = fc.oneof(
  { weight: 9, arbitrary: fc.record(named) },
  { weight: 1, arbitrary: fc.record({ ...named, isWeak: fc.constant(true as const) }) },
);
const activity = fc.array(identifier, { maxLength: 6 });
const history = fc.array(activity, { maxLength: 25 });

/** The members after a history. */
const populated = history.map((activities) => {
  const members = emptyMembers();
  for (const identifiers of activities) members.act(...identifiers);
  return members;
});

const keys = (identifiers: readonly Identifier[]) => identifiers.map(identifierKey);
const accountsOf = (identifiers: readonly Identifier[]) => identifiers.filter(({ kind }) => kind === 'user_id');

describe('for any members and any activity', () => {
  it('attaches only unknown identifiers of the activity, each once', () => {
    fc.assert(
      fc.property(populated, activity, (members, identifiers) => {
        const attached = keys(resolve(identifiers, members.ownerOf).attach);
        expect(new Set(attached).size).toBe(attached.length);
        const unknown = identifiers.filter((one) => members.ownerOf(one) === undefined);
        expect(keys(unknown)).toEqual(expect.arrayContaining(attached));
      }),
    );
  });

  it('attaches no identifier that is marked weak', () => {
    fc.assert(
      fc.property(populated, activity, (members, identifiers) => {
        const { attach } = resolve(identifiers, members.ownerOf);
        expect(attach.filter(({ isWeak }) => isWeak)).toEqual([]);
      }),
    );
  });

  it('attaches every unknown identifier except a second account', () => {
    fc.assert(
      fc.property(populated, activity, (members, identifiers) => {
        const attached = keys(resolve(identifiers, members.ownerOf).attach);
        const left = identifiers.filter(
          (one) => members.ownerOf(one) === undefined && !attached.includes(identifierKey(one)) && !one.isWeak,
        );
        expect(left.every(({ kind }) => kind === 'user_id')).toBe(true);
        if (left.length > 0) expect(new Set(keys(accountsOf(identifiers))).size).toBeGreaterThan(1);
      }),
    );
  });

  it('gives the activity to the owner of the strongest identifier if that is strong and known', () => {
    fc.assert(
      fc.property(populated, activity, (members, identifiers) => {
        const first = strongest(identifiers);
        const holder = first && isStrong(first) ? members.ownerOf(first) : undefined;
        fc.pre(holder !== undefined);
        expect(resolve(identifiers, members.ownerOf).owner).toEqual(holder);
      }),
    );
  });

  it('attaches no strong identifier to a strong member because of weak ones alone', () => {
    fc.assert(
      fc.property(populated, activity, (members, identifiers) => {
        const { owner, attach } = resolve(identifiers, members.ownerOf);
        fc.pre(owner !== undefined && owner.strong.length > 0 && attach.some(isStrong));
        expect(identifiers.some((one) => isStrong(one) && members.ownerOf(one)?.memberId === owner?.memberId)).toBe(
          true,
        );
      }),
    );
  });
});

describe('over any sequence of activities', () => {
  it('an identifier never changes its member', () => {
    fc.assert(
      fc.property(history, (activities) => {
        const members = emptyMembers();
        const first = new Map<string, string>();
        for (const identifiers of activities) {
          const { memberId, attach } = members.act(...identifiers);
          for (const one of attach) {
            expect(first.has(identifierKey(one))).toBe(false);
            first.set(identifierKey(one), memberId);
          }
        }
        const held = members.memberIds().flatMap((id) => keys(members.identifiersOf(id)));
        expect(held.sort()).toEqual([...first.keys()].sort());
      }),
    );
  });

  it('no member has two accounts', () => {
    fc.assert(
      fc.property(populated, (members) => {
        for (const id of members.memberIds()) expect(accountsOf(members.identifiersOf(id)).length).toBeLessThan(2);
      }),
    );
  });

  it('the same activity again changes nothing and goes to the same member', () => {
    fc.assert(
      fc.property(populated, activity, (members, identifiers) => {
        fc.pre(identifiers.length > 0 && new Set(keys(accountsOf(identifiers))).size < 2);
        const { memberId } = members.act(...identifiers);
        const again = members.act(...identifiers);
        const heldAny = identifiers.some((one) => members.ownerOf(one)?.memberId === memberId);
        fc.pre(heldAny);
        expect(again).toMatchObject({ memberId, attach: [] });
      }),
    );
  });
});
