import { describe, expect, it } from '@jest/globals';
import { compileModel } from '../model/compile-model.ts';
import { fold } from '../state/add.ts';
import { emptyState } from '../state/state.ts';
import { aModelDocument, anEvidence, aSignal, daysAgo, now } from '../testing/index.ts';
import { isLoyal } from './is-loyal.ts';

const definition = { overall: 52, withinDays: 30, channels: 2, elements: 2 };
const loyalty = (changes: Partial<typeof definition> = {}) =>
  compileModel(aModelDocument({ loyal: { ...definition, ...changes } }));

const inStore = anEvidence({ signals: [aSignal({ weight: 4 }), aSignal({ element: 'value', weight: 4 })] });
const onTheWeb = anEvidence({ ...inStore, activityId: 'a-2', channel: 'web' });
const state = fold(loyalty(), [inStore, onTheWeb]);

describe('a customer who fits the definition', () => {
  it('is loyal', () => {
    expect(isLoyal(loyalty(), state, now)).toBe(true);
  });

  it('is loyal until the last day, not longer', () => {
    expect(isLoyal(loyalty(), state, daysAgo(-30))).toBe(true);
    expect(isLoyal(loyalty(), state, daysAgo(-30) + 1)).toBe(false);
  });

  it('is not loyal by a model that does not say who is', () => {
    expect(isLoyal(compileModel(aModelDocument()), state, now)).toBe(false);
  });
});

describe('a customer is not loyal', () => {
  it.each([
    ['with a weaker bond', { overall: 99 }],
    ['in too few channels', { channels: 3 }],
    ['in too few elements', { elements: 3 }],
  ])('%s', (_, changes) => {
    expect(isLoyal(loyalty(changes), state, now)).toBe(false);
  });

  it('of whom nothing is known', () => {
    const anybody = loyalty({ overall: 0, withinDays: 1e9, channels: 1, elements: 1 });
    expect(isLoyal(anybody, emptyState(), now)).toBe(false);
  });
});
