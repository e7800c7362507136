import { describe, expect, it } from '@jest/globals';
import { changeOf, rounded, type ElementScores, toActivity, toPublished } from '../src/translate.ts';
import { anAct, noon } from './builders.ts';

const unknown = { bond: null, mood: null, confidence: 0 };
const scores = (over: Partial<ElementScores> = {}): ElementScores => ({
  value: unknown,
  efficiency: unknown,
  trust: { bond: 60, mood: 50, confidence: 0.5 },
  coherence: unknown,
  relevance: unknown,
  control: unknown,
  ...over,
});
const trust = (bond: number | null, mood: number | null) => scores({ trust: { bond, mood, confidence: 0.5 } });

describe('an activity for the domain', () => {
  it('has the earlier one of its timestamp and its reception', () => {
    const [early, late] = ['2026-11-20T12:00:00.000Z', '2026-11-20T12:00:00.001Z'];
    expect(toActivity(anAct({ timestamp: early, receivedAt: late })).at).toBe(noon);
    expect(toActivity(anAct({ timestamp: late, receivedAt: early })).at).toBe(noon);
  });
});

describe('a number in a message', () => {
  it.each([
    [1.0000004, 1],
    [1.0000005, 1.000001],
    [-0.1234564, -0.123456],
    [100, 100],
    [null, null],
  ])('is rounded to a millionth: %d to %d', (number, result) => {
    expect(rounded(number)).toBe(result);
  });
});

describe('the published scores that are stored', () => {
  it('are bond and mood of each element, in order', () => {
    const none = [Number.NaN, Number.NaN];
    expect(toPublished(trust(60, 50))).toEqual([...none, ...none, 60, 50, ...none, ...none, ...none]);
  });
});

describe('a change of the scores', () => {
  it.each([
    ['nothing changed', trust(60, 50), false, {}],
    ['the bond changed by less than half a point', trust(60.49, 50), false, ['trust']],
    ['the bond rose by half a point', trust(60.5, 50), true, ['trust']],
    ['the bond fell by half a point', trust(59.5, 50), true, ['trust']],
    ['the mood changed by half a point', trust(60, 50.5), true, ['trust']],
    ['another score got its first value', scores({ value: { bond: 60, mood: 60, confidence: 0.1 } }), true, ['value']],
  ])('%s', (_, after, isNoticeable, changed) => {
    const change = changeOf(toPublished(scores()), after);
    expect(change.isNoticeable).toBe(isNoticeable);
    expect(Object.keys(change.change)).toEqual(Object.values(changed));
  });

  it('is noticeable if there were no scores before', () => {
    expect(changeOf(undefined, scores())).toEqual({ isNoticeable: true, change: { trust: { bond: 0, mood: 0 } } });
  });

  it('is empty if nothing is known before and after', () => {
    expect(changeOf(undefined, trust(null, null))).toEqual({ isNoticeable: false, change: {} });
  });
});
