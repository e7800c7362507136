import { describe, expect, it } from '@jest/globals';
import { fold } from '@sestante/engagement';
import fc from 'fast-check';
import { expectSameState, idOf, model } from './builders.ts';
import { identityMessages, type Step } from './identity-messages.ts';
import { scoreStore } from './score-store.ts';

const names = ['ada', 'bea', 'cleo', 'dora'] as const;
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ what: fc.constant('act' as const), member: fc.constantFrom(...names) }) },
  fc.record({
    what: fc.constant('merge' as const),
    member: fc.constantFrom(...names),
    into: fc.constantFrom(...names),
  }),
  fc.record({ what: fc.constant('split' as const), member: fc.constantFrom(...names) }),
);

/** What happened, in which order its partitions are read, where batches end, and which of them are delivered twice. */
const history = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 30 }),
  order: fc.infiniteStream(fc.nat({ max: 1 })),
  sizes: fc.infiniteStream(fc.integer({ min: 1, max: 6 })),
  isTwice: fc.infiniteStream(fc.boolean()),
});

describe('any interleaving of the partitions that keeps the order of each, with any batches and redeliveries', () => {
  it('ends with the customers, members and states that were told, and with each activity once', () => {
    fc.assert(
      fc.property(history, ({ steps, order, sizes, isTwice }) => {
        const { partitions, members } = identityMessages(steps, names);
        const read = interleaved(partitions, order);
        const store = scoreStore(model);
        for (let rest = read; rest.length > 0;) {
          const size = sizes.next().value!;
          const batch = rest.slice(0, size);
          rest = rest.slice(size);
          store.score(...batch);
          if (isTwice.next().value) store.score(...batch);
        }
        const acted = new Set(steps.flatMap((one) => (one.what === 'act' ? [one.member] : [])));
        expect(store.evidence.size).toBe(steps.filter(({ what }) => what === 'act').length);
        for (const name of names) {
          const own = members.filter(({ customer }) => customer === name);
          const memberships = new Set(own.map(({ member, moves }) => `${idOf(member)} ${moves}`));
          const found = new Set(store.membersOf(idOf(name)).map(({ memberId, moves }) => `${memberId} ${moves}`));
          expect([...found].filter((one) => !memberships.has(one))).toEqual([]);
          const needed = own.filter(({ member, moves }) => moves > 0 || acted.has(member));
          expect(needed.filter(({ member, moves }) => !found.has(`${idOf(member)} ${moves}`))).toEqual([]);
          const ids = new Set(own.map(({ member }) => idOf(member)));
          const evidence = [...store.evidence.values()].filter(({ memberId }) => ids.has(memberId));
          expectSameState(store.stateOf(idOf(name)), fold(model, evidence));
        }
        for (const name of names) expectVersionsOnce(store.messages.filter((one) => one.customerId === idOf(name)));
      }),
    );
  });
});

/** Takes a message of one of two partitions at a time, each partition in its order. */
function interleaved<T>(partitions: readonly (readonly T[])[], order: Iterator<number>): T[] {
  const rest = partitions.map((messages) => [...messages]);
  const read: T[] = [];
  while (rest.some((messages) => messages.length > 0)) {
    const next = rest[order.next().value as number]!.shift() ?? rest.find((messages) => messages.length > 0)!.shift()!;
    read.push(next);
  }
  return read;
}

/** No version of a customer is given for two activities. */
function expectVersionsOnce(messages: readonly { version: number; cause: { activityId: string } }[]): void {
  const causes = new Map<number, string>();
  for (const { version, cause } of messages) {
    expect(causes.get(version) ?? cause.activityId).toBe(cause.activityId);
    causes.set(version, cause.activityId);
  }
}
