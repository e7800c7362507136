import { describe, expect, it } from '@jest/globals';
import { compileModel } from '../model/compile-model.ts';
import { aModelDocument, anEvidence, aSignal, daysAgo, now } from '../testing/index.ts';
import { add, fold } from './add.ts';
import { activityCount, emptyState, fromNumbers, latestActivityAt, toNumbers } from './state.ts';

const model = compileModel(aModelDocument());

/** The numbers of a state that are not 0, by index. */
function filled(numbers: Float64Array): Record<number, number> {
  return Object.fromEntries([...numbers.entries()].filter(([, number]) => number !== 0));
}

describe('the empty state', () => {
  it('has the earliest instant and no evidence', () => {
    expect(filled(toNumbers(emptyState()))).toEqual({ 0: -8.64e15 });
  });

  it('does not change with evidence without signals', () => {
    expect(toNumbers(add(model, emptyState(), anEvidence({ signals: [] })))).toEqual(toNumbers(emptyState()));
  });
});

describe('the numbers of a state', () => {
  it('have their documented indexes', () => {
    const signals = [
      aSignal({ element: 'value', weight: 4, valence: 0.5 }),
      aSignal({ element: 'control', weight: 2 }),
    ];
    expect(filled(toNumbers(fold(model, [anEvidence({ channel: 'other', signals })])))).toEqual({
      ...{ 0: now, 1: 1, 6: 1, 11: 1 },
      ...{ 18: 4, 19: 2, 28: 2, 29: 2, 38: 6, 39: 4 },
      ...{ 40: 4, 41: 2, 50: 2, 51: 2, 60: 6, 61: 4 },
    });
  });

  it('count an activity once for an element, even with several signals', () => {
    const signals = [aSignal({ weight: 1 }), aSignal({ weight: 2, valence: 0 })];
    const numbers = toNumbers(fold(model, [anEvidence({ signals })]));
    expect([numbers[3], numbers[9], numbers[22], numbers[23]]).toEqual([1, 1, 3, 1]);
  });

  it('are halved after a half-life, whatever the order of addition', () => {
    const [old, recent] = [anEvidence({ at: daysAgo(180), signals: [aSignal({ weight: 4 })] }), anEvidence()];
    for (const evidence of [
      [old, recent],
      [recent, old],
    ]) {
      expect(toNumbers(fold(model, evidence))[22]).toBe(3);
    }
  });

  it('can be packed and unpacked', () => {
    const state = fold(model, [anEvidence(), anEvidence({ at: daysAgo(3), channel: 'web' })]);
    expect(fromNumbers(toNumbers(state))).toEqual(state);
  });

  it('are copies: changing them does not change the state', () => {
    const state = fold(model, [anEvidence()]);
    const numbers = toNumbers(state);
    const unpacked = fromNumbers(numbers);
    numbers.fill(0);
    expect(unpacked).toEqual(state);
  });
});

describe('the activities in a state', () => {
  it('are counted once, whatever their number of signals, and have a latest instant', () => {
    const twice = anEvidence({ at: daysAgo(3), signals: [aSignal(), aSignal({ element: 'value' })] });
    const state = fold(model, [twice, anEvidence({ at: daysAgo(5), channel: 'web' }), anEvidence({ signals: [] })]);
    expect([activityCount(state), latestActivityAt(state)]).toEqual([2, daysAgo(3)]);
  });

  it('are none in the empty state', () => {
    expect([activityCount(emptyState()), latestActivityAt(emptyState())]).toEqual([0, undefined]);
  });
});

describe('numbers that are not a state', () => {
  it.each([0, 99, 101])('are rejected for their length: %d', (length) => {
    expect(() => fromNumbers(new Float64Array(length))).toThrow(`A state must have 100 numbers, got ${length}.`);
  });

  it.each([Number.NaN, Infinity])('are rejected for containing %d', (number) => {
    expect(() => fromNumbers(new Float64Array(100).fill(number, 20, 21))).toThrow(
      `Number 20 of the state must be finite, got ${number}.`,
    );
  });
});
