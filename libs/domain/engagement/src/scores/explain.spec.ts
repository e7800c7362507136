import { describe, expect, it } from '@jest/globals';
import { compileModel } from '../model/compile-model.ts';
import { read } from '../model/read.ts';
import { aModelDocument, anActivity, anEvidence, aReason, aRule, aSignal, daysAgo, now } from '../testing/index.ts';
import { fold } from '../state/add.ts';
import { explain } from './explain.ts';

const because = aReason('A kept promise builds trust.');
const rules = [aRule(), aRule({ activity: 'promise.broken', because: aReason('A broken promise costs trust.') })];
const model = compileModel(aModelDocument({ rules }));
const trustNow = { element: 'trust', scale: 'bond', at: now } as const;
const kept = anEvidence({ at: daysAgo(180), signals: [aSignal({ weight: 2, valence: 1 })] });
const broken = anEvidence({
  activityId: 'a-2',
  name: 'promise.broken',
  signals: [aSignal({ weight: 3, valence: 0, rule: 1 }), aSignal({ element: 'value', rule: 1 })],
});

const ofServer = { vouchedBy: 'secret', trust: 1 };

describe('an explanation', () => {
  it('lists the contribution of each activity, the largest first', () => {
    expect(explain(model, [kept, broken], trustNow)).toEqual({
      element: 'trust',
      scale: 'bond',
      base: 50,
      score: 37.5,
      groups: [
        { name: 'promise.broken', rule: 1, count: 1, contribution: -18.75, because: rules[1]?.because },
        { name: 'promise.kept', rule: 0, count: 1, contribution: 6.25, because },
      ],
      contributions: [
        {
          ...ofServer,
          activityId: 'a-2',
          name: 'promise.broken',
          at: now,
          weight: 3,
          valence: 0,
          contribution: -18.75,
          because: rules[1]?.because,
        },
        {
          ...ofServer,
          activityId: 'a-1',
          name: 'promise.kept',
          at: daysAgo(180),
          weight: 1,
          valence: 1,
          contribution: 6.25,
          because,
        },
      ],
      earlier: null,
    });
  });

  it('names who vouches for each activity, and how much the model trusts them', () => {
    const wary = compileModel(aModelDocument({ trustOf: { page: 0.5 } }));
    const byPage = read(wary, anActivity({ vouchedBy: 'page' }));
    const { contributions } = explain(wary, [byPage], trustNow);
    expect(contributions).toMatchObject([{ vouchedBy: 'page', trust: 0.5, weight: 1 }]);
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
    const nothing = {
      element: 'control',
      scale: 'bond',
      base: 50,
      score: null,
      groups: [],
      contributions: [],
      earlier: null,
    };
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

  it('has one contribution for the evidence that is no longer kept, with its count for the element', () => {
    const base = fold(model, [kept, anEvidence({ at: daysAgo(90), signals: [aSignal({ element: 'value' })] })]);
    const { score, contributions, earlier } = explain(model, [broken], trustNow, base);
    expect(score).toBeCloseTo(37.5, 10);
    expect(contributions).toMatchObject([{ activityId: 'a-2', contribution: expect.closeTo(-18.75, 10) }]);
    expect(earlier).toEqual({
      activities: 1,
      until: daysAgo(90),
      weight: expect.closeTo(1, 10),
      valence: expect.closeTo(1, 10),
      contribution: expect.closeTo(6.25, 10),
    });
  });

  it('has nothing earlier for an element of which the base has no evidence', () => {
    const question = { ...trustNow, element: 'control' } as const;
    expect(explain(model, [broken], question, fold(model, [kept]))).toMatchObject({ score: null, earlier: null });
  });

  it('has an earlier contribution of 0 if it has decayed completely', () => {
    const question = { ...trustNow, scale: 'mood' } as const;
    const base = fold(model, [anEvidence({ at: daysAgo(10_000) })]);
    const { score, earlier } = explain(model, [], question, base);
    expect([score, earlier]).toEqual([
      50,
      { activities: 1, until: daysAgo(10_000), weight: 0, valence: 0.5, contribution: 0 },
    ]);
  });

  it.each([
    ['1 ms before', -1, true],
    ['at', 0, false],
    ['1 ms after', 1, false],
  ])('is refused only %s the latest evidence that is no longer kept', (_, ms, isRefused) => {
    const question = { ...trustNow, at: kept.at + ms };
    const explaining = () => explain(model, [], question, fold(model, [kept]));
    if (isRefused) expect(explaining).toThrow(RangeError);
    else expect(explaining().earlier).toMatchObject({ activities: 1 });
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
