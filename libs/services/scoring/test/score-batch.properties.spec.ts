import { describe, expect, it } from '@jest/globals';
import { elements, fold } from '@sestante/engagement';
import fc from 'fast-check';
import { anAct, daysAfter, expectClose, expectSameState, idOf, model, noon, scoredActivities } from './builders.ts';
import { scoreStore } from './score-store.ts';

const people = ['ada', 'bea'] as const;
const act = fc.record({
  person: fc.constantFrom(...people),
  member: fc.nat({ max: 1 }),
  name: fc.constantFrom(...scoredActivities, 'page.viewed'),
  channel: fc.constantFrom('web', 'mobile', 'store', 'service', 'other'),
  days: fc.double({ min: -2_000, max: 0, noNaN: true }),
});
const acts = fc.array(act, { minLength: 1, maxLength: 25 }).map((all) =>
  all.map(({ person, member, name, channel, days }, index) =>
    anAct({
      activityId: idOf(`property ${index}`),
      customerId: idOf(person),
      memberId: idOf(`${person} ${member}`),
      name,
      channel,
      timestamp: daysAfter(days),
    }),
  ),
);
type Acts = ReturnType<typeof anAct>[];

/** The same activities in another order, split into batches, some of which are delivered twice. */
const delivered = acts.chain((all) =>
  fc.record({
    all: fc.constant(all),
    order: fc.shuffledSubarray(all, { minLength: all.length }),
    cuts: fc.array(fc.nat({ max: all.length }), { maxLength: 5 }),
    isTwice: fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
  }),
);

function batchesOf(order: Acts, cuts: readonly number[]): Acts[] {
  const bounds = [0, ...cuts.toSorted((a, b) => a - b), order.length];
  return bounds.slice(1).map((end, index) => order.slice(bounds[index], end));
}

describe('any order, any split into batches, any redelivery', () => {
  it('gives the same evidence, states and scores to 1e-9', () => {
    fc.assert(
      fc.property(delivered, ({ all, order, cuts, isTwice }) => {
        const [inOrder, shuffled] = [scoreStore(model), scoreStore(model)];
        inOrder.score(...all);
        batchesOf(order, cuts).forEach((batch, index) => {
          shuffled.score(...batch);
          if (isTwice[index]) shuffled.score(...batch);
        });
        expect([...shuffled.evidence.keys()].toSorted()).toEqual([...inOrder.evidence.keys()].toSorted());
        for (const person of people) {
          expectSameState(shuffled.stateOf(idOf(person)), inOrder.stateOf(idOf(person)));
          const [one, other] = [shuffled, inOrder].map((store) => store.scoresOf(idOf(person), noon));
          expectClose(one!.overall ?? 0, other!.overall ?? 0);
          for (const element of elements)
            expectClose(one!.elements[element].mood ?? 0, other!.elements[element].mood ?? 0);
        }
      }),
    );
  });

  it('gives the fold of the evidence', () => {
    fc.assert(
      fc.property(delivered, ({ order, cuts }) => {
        const store = scoreStore(model);
        for (const batch of batchesOf(order, cuts)) store.score(...batch);
        for (const person of people) {
          const own = [...store.evidence.values()].filter(({ memberId }) =>
            [0, 1].some((n) => idOf(`${person} ${n}`) === memberId),
          );
          expectSameState(store.stateOf(idOf(person)), fold(model, own));
        }
      }),
    );
  });

  it('never publishes a lower version of a customer who keeps a member, also if others come and go', () => {
    const moves = fc.array(fc.record({ person: fc.constantFrom(...people), member: fc.nat({ max: 3 }) }), {
      minLength: 1,
      maxLength: 25,
    });
    const cuts = fc.array(fc.nat({ max: 25 }), { maxLength: 5 });
    fc.assert(
      fc.property(moves, cuts, (all, cuts) => {
        const store = scoreStore(model);
        const anchors = people.map((person) =>
          anAct({ customerId: idOf(person), memberId: idOf(`only of ${person}`) }),
        );
        store.score(...anchors);
        const acts = all.map(({ person, member }, index) =>
          anAct({
            customerId: idOf(person),
            // The member 0 stays with its customer.
            memberId: member === 0 ? idOf(`only of ${person}`) : idOf(`roaming ${member}`),
            moves: member === 0 ? 0 : index,
            name: index % 2 === 0 ? 'promise.broken' : 'promise.kept',
          }),
        );
        for (const batch of batchesOf(acts, cuts)) store.score(...batch);
        for (const person of people) {
          const own = store.allMessages.filter(({ customerId }) => customerId === idOf(person));
          const versions = own.map(({ scores }) => scores.version);
          expect(versions).toEqual(versions.toSorted((a, b) => a - b));
          const published = own.flatMap((message) => ('change' in message ? [message.scores.version] : []));
          expect(published).toEqual([...new Set(published)]);
        }
      }),
    );
  });

  it('publishes versions 1, 2, 3 … of each customer, each once without redeliveries', () => {
    fc.assert(
      fc.property(delivered, ({ order, cuts }) => {
        const store = scoreStore(model);
        for (const batch of batchesOf(order, cuts)) store.score(...batch);
        for (const person of people) {
          const versions = store.messages
            .filter(({ customerId }) => customerId === idOf(person))
            .map(({ version }) => version);
          expect(versions).toEqual(versions.map((_, index) => index + 1));
        }
      }),
    );
  });
});
