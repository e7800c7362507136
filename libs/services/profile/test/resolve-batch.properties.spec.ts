import { describe, expect, it } from '@jest/globals';
import { type Identifier, identifierKey, identifierKinds } from '@sestante/identity';
import fc from 'fast-check';
import { resolveBatch } from '../src/resolve-batch.ts';
import { anActivity, minutesAfterNoon } from './builders.ts';
import { Tables } from './resolved-tables.ts';

const identifier: fc.Arbitrary<Identifier> = fc.record({
  kind: fc.constantFrom(...identifierKinds),
  value: fc.constantFrom('a', 'b', 'c'),
});
const activity = fc.record({
  identifiers: fc.uniqueArray(identifier, { minLength: 1, maxLength: 4, selector: identifierKey }),
  minutes: fc.nat({ max: 5 }),
  name: fc.constantFrom('page.viewed', 'page.viewed', 'identity.verified'),
});
const history = fc
  .array(activity, { maxLength: 20 })
  .map((all) =>
    all.map(({ minutes, ...over }, index) =>
      anActivity({ messageId: `p-${index}`, timestamp: minutesAfterNoon(minutes), ...over }),
    ),
  );
type History = ReturnType<typeof anActivity>[];

function resolveAll(batches: readonly History[]) {
  const tables = new Tables();
  for (const batch of batches) tables.add(batch);
  return tables.read();
}

function splitAt(activities: History, cuts: readonly number[]): History[] {
  const bounds = [0, ...cuts.map((cut) => cut % (activities.length + 1)).sort((a, b) => a - b), activities.length];
  return bounds.slice(1).map((end, index) => activities.slice(bounds[index], end));
}

describe('any split of the same activities into batches', () => {
  it('gives the same members, links and customers', () => {
    fc.assert(
      fc.property(history, fc.array(fc.nat({ max: 30 }), { maxLength: 6 }), (activities, cuts) => {
        expect(resolveAll(splitAt(activities, cuts))).toEqual(resolveAll([activities]));
      }),
    );
  });
});

describe('any order of the same activities', () => {
  it('gives the same members, links and customers', () => {
    const shuffled = history.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, ([activities, inOtherOrder]) => {
        expect(resolveAll(inOtherOrder.map((one) => [one]))).toEqual(resolveAll([activities]));
      }),
    );
  });
});

describe('any batch', () => {
  it('gives every activity a member, and every identifier one', () => {
    fc.assert(
      fc.property(history, (activities) => {
        const { entries, members } = resolveBatch(activities, new Map());
        expect(entries.map(({ activityId }) => activityId)).toEqual(activities.map(({ activityId }) => activityId));
        const keys = activities.flatMap(({ identifiers }) => identifiers.map(identifierKey));
        expect(members.map(({ identifier: one }) => identifierKey(one)).sort()).toEqual([...new Set(keys)].sort());
      }),
    );
  });

  it('links only the others of an activity with its strongest identifier', () => {
    fc.assert(
      fc.property(history, (activities) => {
        const { entries, links } = resolveBatch(activities, new Map());
        const memberOf = new Map(entries.map(({ activityId, memberId }) => [activityId, memberId]));
        for (const { members, activityId } of links) expect(members).toContain(memberOf.get(activityId));
      }),
    );
  });
});
