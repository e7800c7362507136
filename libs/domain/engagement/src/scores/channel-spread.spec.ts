import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileModel } from '../model/compile-model.ts';
import { fold } from '../state/add.ts';
import { aModelDocument, anEvidence, aSignal, now } from '../testing/index.ts';
import type { Sums } from './formula.ts';
import { channelSpread } from './channel-spread.ts';
import { scoresAt } from './scores-at.ts';

const model = compileModel(aModelDocument());
const spreadOf = (channels: readonly Sums[]) => channelSpread({ base: 0.5, strength: 4 }, 2, channels);
const goodOf = (weight: number) => ({ weight, good: weight });
const badOf = (weight: number) => ({ weight, good: 0 });

describe('the spread between channels', () => {
  it('does not exist with fewer than two channels', () => {
    expect(spreadOf([])).toBeUndefined();
    expect(spreadOf([goodOf(5)])).toBeUndefined();
  });

  it('is a good observation if the channels are alike', () => {
    expect(spreadOf([goodOf(4), goodOf(4)])).toEqual({ weight: 1, valence: 1 });
  });

  it('is worse the more the channels differ', () => {
    // m = 0.875 and 0.125, spread 0.375
    expect(spreadOf([goodOf(12), badOf(12)])).toEqual({ weight: 1.5, valence: 0.25 });
    expect(spreadOf([goodOf(1e9), badOf(1e9)])?.valence).toBeCloseTo(0, 6);
  });

  it('has the weight of the evidence outside the dominant channel, limited by the model', () => {
    const weights = [0, 1e-9, 4, 1e9].map((other) => spreadOf([goodOf(1e6), goodOf(other)])?.weight);
    expect(weights[0]).toBe(0);
    expect(weights[1]).toBeCloseTo(5e-10, 15);
    expect(weights[2]).toBe(1);
    expect(weights[3]).toBeLessThanOrEqual(2);
  });

  it('has weight 0 if all evidence has decayed to 0', () => {
    expect(spreadOf([goodOf(0), goodOf(0)])).toEqual({ weight: 0, valence: 1 });
  });

  it('is within its bounds for any sums', () => {
    const sums = fc
      .record({
        weight: fc.double({ min: 0, max: 1e9, noNaN: true }),
        valence: fc.double({ min: 0, max: 1, noNaN: true }),
      })
      .map(({ weight, valence }) => ({ weight, good: weight * valence }));
    fc.assert(
      fc.property(fc.array(sums, { minLength: 2, maxLength: 5 }), (channels) => {
        const { weight, valence } = spreadOf(channels) ?? { weight: -1, valence: -1 };
        expect(weight).toBeGreaterThanOrEqual(0);
        expect(weight).toBeLessThanOrEqual(2);
        expect(valence).toBeGreaterThanOrEqual(0);
        expect(valence).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('coherence', () => {
  it('has a score from the spread alone, without evidence of its own', () => {
    const inStore = anEvidence({ signals: [aSignal({ weight: 12, valence: 1 })] });
    const onTheWeb = anEvidence({ activityId: 'a-2', channel: 'web', signals: [aSignal({ weight: 12, valence: 0 })] });
    const { coherence } = scoresAt(model, fold(model, [inStore, onTheWeb]), now).elements;
    expect(coherence.bond).toBeCloseTo((100 * (2 + 1.5 * 0.25)) / 5.5, 10);
    expect(coherence.confidence).toBeCloseTo(1.5 / 5.5, 10);
    expect(coherence.evidence).toBe(0);
  });
});
