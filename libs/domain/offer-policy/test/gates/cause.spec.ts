import { describe, expect, it } from '@jest/globals';
import { decide } from '../../src/index.ts';
import { aCustomer, aScore, aSituation, aTemplate, hour, noon } from '../builders.ts';
import { verdictOf } from './verdict-of.ts';

const causedBy = (name: string, channel = 'web', at = noon) => ({ ...aSituation().cause, name, at, channel });

describe('a template that is triggered by some activities', () => {
  const catalogue = [aTemplate({ trigger: { activities: ['coupon.denied', 'reward.expired'] } })];

  it('passes for each of them', () => {
    expect(verdictOf('trigger', aSituation({ catalogue, cause: causedBy('reward.expired') })).passed).toBe(true);
  });

  it('has no other verdict for another activity', () => {
    const decision = decide(aSituation({ catalogue, cause: causedBy('order.completed') }));
    expect(decision.candidates[0]?.gates).toEqual([
      { gate: 'trigger', passed: false, reason: 'the template is not triggered by order.completed' },
    ]);
  });
});

describe('a template for some channels', () => {
  const passes = (channels: string[] | undefined, channel: string) => {
    const catalogue = [aTemplate(channels === undefined ? {} : { channels })];
    return verdictOf('channel', aSituation({ catalogue, cause: causedBy('coupon.denied', channel) })).passed;
  };

  it('passes in those channels, and in all if it has no channels', () => {
    expect(passes(['web', 'store'], 'store')).toBe(true);
    expect(passes(['web', 'store'], 'mobile')).toBe(false);
    expect(passes(undefined, 'mobile')).toBe(true);
  });
});

describe('a cause for which only a page vouches', () => {
  const judged = (kind: 'economic' | 'relational', mayCause: readonly ('economic' | 'relational')[]) =>
    verdictOf(
      'vouched',
      aSituation({ catalogue: [aTemplate({ kind })], cause: { ...causedBy('coupon.denied'), mayCause } }),
    );

  it('leads only to the kinds that it may cause', () => {
    expect(judged('relational', ['relational']).passed).toBe(true);
    expect(judged('economic', ['relational'])).toEqual({
      gate: 'vouched',
      passed: false,
      reason: 'only a page vouches for coupon.denied, which may not lead to economic offers then',
    });
    expect(judged('relational', []).passed).toBe(false);
  });
});

describe('the age of a cause', () => {
  it.each([
    [-1, true],
    [0, true],
    [1, false],
  ])('at 24 hours and %d ms, with 24 allowed, passes: %s', (beyond, passed) => {
    const situation = aSituation({ now: noon + 24 * hour + beyond });
    expect(verdictOf('freshness', situation).passed).toBe(passed);
  });

  it('is accepted if the cause is in the future', () => {
    expect(verdictOf('freshness', aSituation({ now: noon - hour })).passed).toBe(true);
  });

  it.each([
    [0, 'less than 1'],
    [hour - 1, 'less than 1'],
    [hour, '1'],
    [hour + 1, '2'],
    [24 * hour + 1, '25'],
  ])('of %d ms is reported as %s h', (age, hours) => {
    const { reason } = verdictOf('freshness', aSituation({ now: noon + age }));
    expect(reason).toBe(`the activity is ${hours} h old, the maximum is 24 h`);
  });
});

describe('a template with conditions on scores', () => {
  const audienceOf = (
    audience: NonNullable<ReturnType<typeof aTemplate>['audience']>,
    bond: number | null,
    mood: number | null,
  ) => {
    const customer = aCustomer({ scores: { ...aCustomer().scores, trust: aScore(bond, mood) } });
    return verdictOf('audience', aSituation({ catalogue: [aTemplate({ audience })], customer }));
  };

  it.each([
    [39, 'bond', { above: 40 }, false],
    [40, 'bond', { above: 40 }, false],
    [41, 'bond', { above: 40 }, true],
    [39, 'mood', { below: 40 }, true],
    [40, 'mood', { below: 40 }, false],
    [41, 'mood', { below: 40 }, false],
  ] as const)('%d as %s of trust with the bounds %j passes: %s', (score, scale, bounds, passed) => {
    const audience = { all: [{ element: 'trust', scale, ...bounds }] } as const;
    expect(audienceOf(audience, score, score).passed).toBe(passed);
  });

  it.each([
    [51, false],
    [50, false],
    [49, true],
  ])('passes a drop above 0 with a bond of 50 and a mood of %d: %s', (mood, passed) => {
    expect(audienceOf({ all: [{ element: 'trust', scale: 'drop', above: 0 }] }, 50, mood).passed).toBe(passed);
  });

  it('meets no condition with an unknown score, above or below', () => {
    for (const scale of ['bond', 'mood', 'drop'] as const) {
      expect(audienceOf({ all: [{ element: 'trust', scale, below: 100 }] }, null, null).passed).toBe(false);
      expect(audienceOf({ all: [{ element: 'trust', scale, above: 0 }] }, null, null).passed).toBe(false);
    }
    expect(audienceOf({ all: [{ element: 'trust', scale: 'drop', above: 0 }] }, 50, null).passed).toBe(false);
  });

  it('needs every condition of all, and lists those that are not met', () => {
    const all = [
      { element: 'trust', scale: 'bond', above: 40, below: 60 },
      { element: 'value', scale: 'mood', below: 50 },
      { element: 'trust', scale: 'mood', above: 90 },
    ] as const;
    expect(audienceOf({ all }, 50, null)).toEqual({
      gate: 'audience',
      passed: false,
      reason: 'value mood must be below 50 (it is 60.0); trust mood must be above 90 (it is unknown)',
    });
  });

  it('needs one condition of any', () => {
    const any = [
      { element: 'trust', scale: 'bond', above: 70 },
      { element: 'relevance', scale: 'bond', above: 70 },
    ] as const;
    expect(audienceOf({ any }, 71, 50).passed).toBe(true);
    expect(audienceOf({ any }, 70, 50)).toMatchObject({
      passed: false,
      reason: 'trust bond must be above 70 (it is 70.0) or relevance bond must be above 70 (it is 60.0)',
    });
  });
});
