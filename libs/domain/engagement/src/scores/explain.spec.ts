import { describe, expect, it } from '@jest/globals';
import { compileModel } from '../model/compile-model.ts';
import { aModelDocument, anEvidence, aSignal, daysAgo, now } from '../testing/index.ts';
import { explain } from './explain.ts';

const model = compileModel(aModelDocument());
const trustNow = { element: 'trust', scale: 'bond', at: now } as const;
const kept = anEvidence({ at: daysAgo(180), signals: [aSignal({ weight: 2, valence: 1 })] });
const broken = anEvidence({
  activityId: 'a-2',
  name: 'promise.broken',
  signals: [aSignal({ weight: 3, valence: 0 }), aSignal({ element: 'value' })],
});

describe('an explanation', () => {
  it('lists the contribution of each activity, the largest first', () => {
    expect(explain(model, [kept, broken], trustNow)).toEqual({
      element: 'trust',
      scale: 'bond',
      base: 50,
      score: 37.5,
      contributions: [
        { activityId: 'a-2', name: 'promise.broken', at: now, weight: 3, valence: 0, contribution: -18.75 },
        { activityId: 'a-1', name: 'promise.kept', at: daysAgo(180), weight: 1, valence: 1, contribution: 6.25 },
      ],
    });
  });

  it('ignores evidence after the instant of the question', () => {
    const { score, contributions } = explain(model, [kept, broken], { ...trustNow, at: daysAgo(1) });
    expect(contributions.map(({ activityId }) => activityId)).toEqual(['a-1']);
    expect(score).toBeGreaterThan(50);
  });

  it('includes an activity at the instant of the question', () => {
    expect(explain(model, [kept], { ...trustNow, at: kept.at }).score).toBeCloseTo((100 * 4) / 6, 10);
  });

  it('has no score and no contributions without evidence', () => {
    const nothing = { element: 'control', scale: 'bond', base: 50, score: null, contributions: [] };
    expect(explain(model, [kept, broken], { ...trustNow, element: 'control' })).toEqual(nothing);
    expect(explain(model, [], { ...trustNow, element: 'control' })).toEqual(nothing);
  });

  it('has one contribution per activity, even with several signals for the element', () => {
    const mixed = anEvidence({ signals: [aSignal({ weight: 3, valence: 1 }), aSignal({ weight: 1, valence: 0 })] });
    const [contribution, ...others] = explain(model, [mixed], trustNow).contributions;
    expect(contribution).toMatchObject({ weight: 4, valence: 0.75, contribution: 12.5 });
    expect(others).toEqual([]);
  });

  it('lists equal contributions in the same order, whatever the order of the evidence', () => {
    const [early, late] = [anEvidence({ activityId: 'z', at: now }), anEvidence({ activityId: 'b', at: now })];
    const ids = (evidence: readonly (typeof kept)[]) =>
      explain(model, evidence, trustNow).contributions.map(({ activityId }) => activityId);
    expect(ids([early, late])).toEqual(['b', 'z']);
    expect(ids([late, early])).toEqual(['b', 'z']);
  });

  it('lists the spread between channels as one contribution to coherence', () => {
    const inStore = anEvidence({ signals: [aSignal({ weight: 12, valence: 1 })] });
    const onTheWeb = anEvidence({ activityId: 'a-2', channel: 'web', signals: [aSignal({ weight: 12, valence: 0 })] });
    const { base, score, contributions } = explain(model, [inStore, onTheWeb], { ...trustNow, element: 'coherence' });
    const [spread, ...others] = contributions;
    expect(spread).toMatchObject({
      activityId: 'channel-spread',
      name: 'channel spread',
      at: now,
      weight: 1.5,
      valence: 0.25,
    });
    expect(base + (spread?.contribution ?? 0)).toBeCloseTo(score ?? 0, 10);
    expect(others).toEqual([]);
  });
});
