import { describe, expect, it } from '@jest/globals';
import { type Identifier, identifierKey, identifierKinds, isStrong, type Owner } from '@sestante/identity';
import fc from 'fast-check';
import { resolveBatch } from '../src/resolve-batch.ts';
import { anActivity } from './builders.ts';

const identifier: fc.Arbitrary<Identifier> = fc.record({
  kind: fc.constantFrom(...identifierKinds),
  value: fc.constantFrom('a', 'b', 'c'),
});
const history = fc
  .array(fc.array(identifier, { minLength: 1, maxLength: 4 }), { maxLength: 20 })
  .map((all) => all.map((identifiers, index) => anActivity({ messageId: `p-${index}`, identifiers })));

type History = ReturnType<typeof anActivity>[];
interface Stored {
  readonly owner: Map<string, { memberId: string; identifier: Identifier }>;
  readonly customerOf: Map<string, string>;
}

/** The stored owners of the batch's identifiers, as the tables would return them. */
function ownersOf(stored: Stored, batch: History): Map<string, Owner> {
  const owners = new Map<string, Owner>();
  for (const key of batch.flatMap(({ identifiers }) => identifiers.map(identifierKey))) {
    const memberId = stored.owner.get(key)?.memberId;
    if (memberId === undefined) continue;
    const owned = [...stored.owner.values()].filter((one) => one.memberId === memberId);
    const strong = owned.map((one) => one.identifier).filter(isStrong);
    owners.set(key, { memberId, customerId: stored.customerOf.get(memberId)!, strong });
  }
  return owners;
}

/** Resolves the batches one after another. Stores the result of each, as the service does. */
function resolveAll(batches: readonly History[]) {
  const stored: Stored = { owner: new Map(), customerOf: new Map() };
  const memberOf = new Map<string, string>();
  for (const batch of batches) {
    const { members, identifiers, entries } = resolveBatch(batch, ownersOf(stored, batch));
    for (const { memberId, customerId } of members) stored.customerOf.set(memberId, customerId);
    for (const attached of identifiers) stored.owner.set(identifierKey(attached.identifier), attached);
    for (const { activityId, memberId } of entries) memberOf.set(activityId, memberId);
  }
  return { owner: stored.owner, memberOf };
}

/** The grouping of keys by member, independent of the generated ids: the first key of each member represents it. */
function partition(memberOf: ReadonlyMap<string, string>): Record<string, string> {
  const first = new Map<string, string>();
  const sorted = [...memberOf].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [key, memberId] of sorted) if (!first.has(memberId)) first.set(memberId, key);
  return Object.fromEntries(sorted.map(([key, memberId]) => [key, first.get(memberId)!]));
}

const membersOf = (owner: Stored['owner']) => new Map([...owner].map(([key, { memberId }]) => [key, memberId]));

function splitAt(activities: History, cuts: readonly number[]): History[] {
  const bounds = [0, ...cuts.map((cut) => cut % (activities.length + 1)).sort((a, b) => a - b), activities.length];
  return bounds.slice(1).map((end, index) => activities.slice(bounds[index], end));
}

describe('any split of the same activities into batches', () => {
  it('gives the same members to the same identifiers and activities', () => {
    fc.assert(
      fc.property(history, fc.array(fc.nat({ max: 30 }), { maxLength: 6 }), (activities, cuts) => {
        const whole = resolveAll([activities]);
        const split = resolveAll(splitAt(activities, cuts));
        expect(partition(membersOf(split.owner))).toEqual(partition(membersOf(whole.owner)));
        expect(partition(split.memberOf)).toEqual(partition(whole.memberOf));
      }),
    );
  });
});

describe('any batch', () => {
  it('gives every activity a member, and every identifier at most one', () => {
    fc.assert(
      fc.property(history, (activities) => {
        const { entries, identifiers } = resolveBatch(activities, new Map());
        expect(entries.map(({ activityId }) => activityId)).toEqual(activities.map(({ activityId }) => activityId));
        const keys = identifiers.map((attached) => identifierKey(attached.identifier));
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  it('leaves no member with two accounts', () => {
    fc.assert(
      fc.property(history, (activities) => {
        const { owner } = resolveAll([activities]);
        const accounts = [...owner.values()].filter((one) => one.identifier.kind === 'user_id');
        expect(new Set(accounts.map(({ memberId }) => memberId)).size).toBe(accounts.length);
      }),
    );
  });
});
