import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Arrival, Evidence, State } from '../../src/index.ts';
import {
  add,
  addAll,
  arrive,
  compileModel,
  elements,
  emptyState,
  explain,
  fold,
  mattersOf,
  merge,
} from '../../src/index.ts';
import { regroup, scales, scoresAt, settle, subtract, toNumbers } from '../../src/index.ts';
import { daysAgo, now } from '../../src/testing/index.ts';
import { evidence, history, instant, modelDocument } from '../arbitraries.ts';
import { expectClose, expectSameScore } from '../close.ts';
import { scoreByHand } from '../formula-by-hand.ts';
import { type Act, acts, matterModel as model, readAll, settledByHand } from '../matters.ts';

/** The sums of a subtraction keep the rounding of what was subtracted: at most 1e-9 of one observation, or of the usual amounts. */
function expectNearState(actual: State, expected: State): void {
  const numbers = toNumbers(expected);
  toNumbers(actual).forEach((number, index) =>
    expectClose(number, numbers[index] ?? Number.NaN, Math.max(1, Math.abs(number))),
  );
}

/** The states of the two members after their activities arrive one by one, as a store keeps them: only what `holds` says is found again. */
function arriveOneByOne(given: readonly Act[]): [State, State] {
  const states: [State, State] = [emptyState(), emptyState()];
  const memberOf = new Map(given.map(({ member, activity }) => [activity.activityId, member]));
  const found = new Map<string, Set<Evidence>>();
  for (const arrived of readAll(given)) {
    const known = new Set(mattersOf(arrived).flatMap((key) => [...(found.get(key) ?? [])]));
    const { subtract: lost, add: won, holds } = arrive(model, [...known], arrived);
    for (const one of lost) change(one, subtract);
    for (const one of won) change(one, add);
    for (const key of holds) found.set(key, (found.get(key) ?? new Set()).add(arrived));
  }
  return states;

  function change(one: Evidence, by: typeof add): void {
    const member = memberOf.get(one.activityId) ?? 0;
    states[member] = by(model, states[member], one);
  }
}

/** An instant before, between or after the activities. */
const halfHours = fc.integer({ min: -1, max: 10 }).map((count) => daysAgo(100) + count * 1_800_000);

const ofMember = (given: readonly Act[], member: 0 | 1) => {
  const settled = settle(model, readAll(given));
  return settled.filter((_, index) => given[index]?.member === member);
};

describe('law 8: told twice, counted once', () => {
  it('counts what the README says, whatever the order of the list', () => {
    fc.assert(
      fc.property(acts, (given) => {
        const all = readAll(given);
        const counted = settle(model, all).map((one) => one.signals.filter(({ counts }) => counts !== false));
        expect(counted).toEqual(settledByHand(all).map(({ signals }) => signals));
        const reversed = settle(model, all.toReversed()).toReversed();
        expect(reversed).toEqual(settle(model, all));
      }),
    );
  });

  it('gives the scores of the formula, at any instant', () => {
    fc.assert(
      fc.property(acts, halfHours, (given, at) => {
        const known = readAll(given).filter((one) => one.at <= at);
        const scores = scoresAt(model, fold(model, known), at);
        for (const element of elements) {
          for (const scale of scales) {
            const byHand = scoreByHand(model, settledByHand(known), { element, scale, at });
            expectSameScore(scores.elements[element][scale], byHand);
          }
        }
      }),
    );
  });

  it('gives each member the same state if the activities arrive one by one, in any order', () => {
    fc.assert(
      fc.property(acts, (given) => {
        const states = arriveOneByOne(given);
        for (const member of [0, 1] as const) expectNearState(states[member], addAll(model, ofMember(given, member)));
      }),
      { numRuns: 500 },
    );
  });

  it('gives the customer the sum of the members', () => {
    fc.assert(
      fc.property(acts, (given) => {
        const [one, other] = [addAll(model, ofMember(given, 0)), addAll(model, ofMember(given, 1))];
        expectNearState(merge(model, one, other), fold(model, readAll(given)));
      }),
    );
  });

  it('gives each member the same state after its customer was merged, and after it was split again', () => {
    fc.assert(
      fc.property(acts, (given) => {
        const own = ([0, 1] as const).map((member) => readAll(given.filter((act) => act.member === member)));
        const apart = own.map((tellings) => ({ tellings, closed: new Set<string>() }));
        const together = [{ tellings: own.flat(), closed: new Set<string>() }];
        const separate = own.map((tellings) => fold(model, tellings));
        const states = separate.slice();
        regrouped(states, { own, ...regroup(model, apart, together) });
        for (const member of [0, 1] as const) expectNearState(states[member]!, addAll(model, ofMember(given, member)));
        regrouped(states, { own, ...regroup(model, together, apart) });
        for (const member of [0, 1] as const) expectNearState(states[member]!, separate[member]!);
      }),
    );
  });

  it('has explanations that add up, and list each matter once', () => {
    fc.assert(
      fc.property(acts, fc.constantFrom(...elements), (given, element) => {
        const question = { element, scale: 'bond', at: now } as const;
        const { base, score, groups, contributions } = explain(model, readAll(given), question);
        const total = (items: readonly { readonly contribution: number }[]) =>
          items.reduce((sum, { contribution }) => sum + contribution, 0);
        expectClose(base + total(contributions), score ?? base);
        expectClose(base + total(groups), score ?? base);
      }),
    );
  });

  it('settles what is settled to the same', () => {
    fc.assert(
      fc.property(acts, (given) => {
        const once = settle(model, readAll(given));
        expect(settle(model, once)).toEqual(once);
      }),
    );
  });

  it('has the same state over a base, if the matters of the base are closed', () => {
    fc.assert(
      fc.property(acts, halfHours, (given, until) => {
        const { base, closed, kept, all } = dropped(given.filter(isNoContact), until);
        expectNearState(fold(model, kept, base, closed), fold(model, all));
      }),
    );
  });

  it('counts repeats over a base, if their matters are closed', () => {
    fc.assert(
      fc.property(acts, halfHours, (given, until) => {
        const { base, closed, kept, all } = dropped(given, until);
        const [ofKept, ofAll] = [fold(model, kept, base, closed), fold(model, all)];
        const efficiencyOf = (state: State) => scoresAt(model, state, now).elements.efficiency;
        expect(efficiencyOf(ofKept).evidence).toBe(efficiencyOf(ofAll).evidence);
        expectSameScore(efficiencyOf(ofKept).bond, efficiencyOf(ofAll).bond);
      }),
    );
  });
});

/** Changes the states of the members by what is subtracted and added. */
function regrouped(
  states: State[],
  { own, subtract: lost, add: won }: Pick<Arrival, 'subtract' | 'add'> & { readonly own: readonly Evidence[][] },
): void {
  const memberOf = (one: Evidence) => own.findIndex((all) => all.some((other) => other.activityId === one.activityId));
  for (const one of lost) states[memberOf(one)] = subtract(model, states[memberOf(one)]!, one);
  for (const one of won) states[memberOf(one)] = add(model, states[memberOf(one)]!, one);
}

const isNoContact = ({ activity }: Act) => activity.name !== 'contact.opened';

/** The evidence before an instant as a base, with the matters that it closes. */
function dropped(given: readonly Act[], until: number) {
  const all = readAll(given);
  const isDropped = (one: Evidence) => one.at < until;
  const settled = settle(model, all).filter(isDropped);
  const kept = all.filter((one) => !isDropped(one));
  return { base: addAll(model, settled), closed: new Set(settled.flatMap(mattersIn)), kept, all };
}

/** The matters for which the evidence stands, and all that it tells again. */
function mattersIn({ signals, purchase }: Evidence): string[] {
  const counted = signals.map(({ counts, once, again }) => again ?? (counts === false ? undefined : once));
  return [...counted, purchase?.counts === false ? undefined : purchase?.once].filter((key) => key !== undefined);
}

describe('subtracting', () => {
  it('is the inverse of adding, to rounding', () => {
    fc.assert(
      fc.property(modelDocument, history, evidence, instant, (document, given, one, at) => {
        const compiled = compileModel(document);
        const state = fold(compiled, given);
        const added = add(compiled, state, { ...one, at });
        const back = subtract(compiled, added, { ...one, at });
        const without = add(compiled, state, { ...told(one), at });
        const numbers = toNumbers(without);
        // Instants are above all sums, and do not change.
        const sums = [...toNumbers(added)].map(Math.abs).filter((number) => number < 1e11);
        const rounding = 1e-12 * Math.max(1e-270, ...sums);
        toNumbers(back).forEach((number, index) =>
          expect(Math.abs(number - numbers[index]!)).toBeLessThanOrEqual(rounding),
        );
      }),
    );
  });
});

/** Evidence of which nothing counts. It was told all the same: the instants of the state know it. */
function told({ signals, purchase, ...rest }: Evidence): Evidence {
  const uncounted = { ...rest, signals: signals.map((signal) => ({ ...signal, counts: false as const })) };
  return purchase === undefined ? uncounted : { ...uncounted, purchase: { ...purchase, counts: false } };
}
