import { describe, expect, it } from '@jest/globals';
import { compileModel } from '../model/compile-model.ts';
import { fold } from '../state/add.ts';
import { aModelDocument, anEvidence, aSignal, daysAgo, now } from '../testing/index.ts';
import { scoresAt } from './scores-at.ts';

const model = compileModel(aModelDocument());
const kept = anEvidence({ signals: [aSignal({ weight: 4, valence: 1 })] });

describe('a customer with one kept promise', () => {
  const state = fold(model, [kept]);

  it('has trust above its base, half of it observed', () => {
    expect(scoresAt(model, state, now).elements.trust).toEqual({
      bond: 75,
      mood: 75,
      drop: expect.any(Number),
      confidence: 0.5,
      evidence: 1,
    });
  });

  it('has no score for the other elements', () => {
    const { value, coherence } = scoresAt(model, state, now).elements;
    expect([value.bond, value.mood, coherence.bond, coherence.mood]).toEqual([null, null, null, null]);
  });

  it('has a mood that decays faster than the bond', () => {
    const { bond, mood } = scoresAt(model, state, daysAgo(-28)).elements.trust;
    expect(mood).toBeCloseTo((100 * (2 + 0.25)) / (4 + 0.25), 10);
    expect(bond).toBeGreaterThan(70);
  });

  it('has the scores at the promise for an earlier instant', () => {
    expect(scoresAt(model, state, daysAgo(30))).toEqual(scoresAt(model, state, now));
    expect(scoresAt(model, state, daysAgo(30)).at).toBe(now);
  });
});
