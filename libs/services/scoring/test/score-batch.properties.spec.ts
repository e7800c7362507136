import { describe, expect, it } from '@jest/globals';
import { elements, fold } from '@sestante/engagement';
import fc from 'fast-check';
import { anAct, daysAfter, expectClose, expectSameState, idOf, model, noon, telling } from './builders.ts';
import { ledger } from './ledger.ts';

const people = ['ada', 'bea'] as const;
const act = fc.record({
  person: fc.constantFrom(...people),
  member: fc.nat({ max: 1 }),
  name: fc.constantFrom(...telling, 'page.viewed'),
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

/** The same activities in another order, cut into batches, some of them delivered twice. */
const delivered = acts.chain((all) =>
  fc.record({
    all: fc.constant(all),
    order: fc.shuffledSubarray(all, { minLength: all.length }),
    cuts: fc.array(fc.nat({ max: all.length }), { maxLength: 5 }),
    isTwice: fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
  }),
);

function batchesOf(order: Acts, cuts: readonly number[]): Acts[] {
  const places = [0, ...cuts.toSorted((a, b) => a - b), order.length];
  return places.slice(1).map((end, index) => order.slice(places[index], end));
}

describe('any order, any split into batches, any redelivery', () => {
  it('gives the same evidence, states and scores to 1e-9', () => {
    fc.assert(
      fc.property(delivered, ({ all, order, cuts, isTwice }) => {
        const [straight, crooked] = [ledger(model), ledger(model)];
        straight.score(...all);
        batchesOf(order, cuts).forEach((batch, index) => {
          crooked.score(...batch);
          if (isTwice[index]) crooked.score(...batch);
        });
        expect([...crooked.evidence.keys()].toSorted()).toEqual([...straight.evidence.keys()].toSorted());
        for (const person of people) {
          expectSameState(crooked.stateOf(idOf(person)), straight.stateOf(idOf(person)));
          const [one, other] = [crooked, straight].map((book) => book.scoresOf(idOf(person), noon));
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
        const book = ledger(model);
        for (const batch of batchesOf(order, cuts)) book.score(...batch);
        for (const person of people) {
          const own = [...book.evidence.values()].filter(({ memberId }) =>
            [0, 1].some((n) => idOf(`${person} ${n}`) === memberId),
          );
          expectSameState(book.stateOf(idOf(person)), fold(model, own));
        }
      }),
    );
  });

  it('says versions 1, 2, 3 … of each customer, each once but for redeliveries', () => {
    fc.assert(
      fc.property(delivered, ({ order, cuts }) => {
        const book = ledger(model);
        for (const batch of batchesOf(order, cuts)) book.score(...batch);
        for (const person of people) {
          const versions = book.messages
            .filter(({ customerId }) => customerId === idOf(person))
            .map(({ version }) => version);
          expect(versions).toEqual(versions.map((_, index) => index + 1));
        }
      }),
    );
  });
});
