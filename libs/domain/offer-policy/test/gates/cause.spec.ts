import { describe, expect, it } from '@jest/globals';
import { decide } from '../../src/index.ts';
import { aCustomer, aScore, aSituation, aTemplate, hour, noon } from '../builders.ts';
import { asked } from './asked.ts';

const causedBy = (name: string, channel = 'web', at = noon) => ({ activityId: 'activity-1', name, at, channel });

describe('a template answers some activities', () => {
  const catalogue = [aTemplate({ trigger: { activities: ['coupon.denied', 'reward.expired'] } })];

  it('passes for each of them', () => {
    expect(asked('trigger', aSituation({ catalogue, cause: causedBy('reward.expired') })).passed).toBe(true);
  });

  it('is asked nothing else for another', () => {
    const decision = decide(aSituation({ catalogue, cause: causedBy('order.completed') }));
    expect(decision.candidates[0]?.gates).toEqual([
      { gate: 'trigger', passed: false, reason: 'does not answer order.completed' },
    ]);
  });
});

describe('a template answers some channels', () => {
  const passes = (channels: string[] | undefined, channel: string) => {
    const catalogue = [aTemplate(channels === undefined ? {} : { channels })];
    return asked('channel', aSituation({ catalogue, cause: causedBy('coupon.denied', channel) })).passed;
  };

  it('passes in those, and in all if it names none', () => {
    expect(passes(['web', 'store'], 'store')).toBe(true);
    expect(passes(['web', 'store'], 'mobile')).toBe(false);
    expect(passes(undefined, 'mobile')).toBe(true);
  });
});

describe('a cause grows old', () => {
  it.each([
    [-1, true],
    [0, true],
    [1, false],
  ])('at 24 hours and %d ms, with 24 allowed, passes: %s', (beyond, passed) => {
    const situation = aSituation({ now: noon + 24 * hour + beyond });
    expect(asked('freshness', situation).passed).toBe(passed);
  });

  it('is fresh if a clock is ahead', () => {
    expect(asked('freshness', aSituation({ now: noon - hour })).passed).toBe(true);
  });

  it.each([
    [0, 'less than 1'],
    [hour - 1, 'less than 1'],
    [hour, '1'],
    [hour + 1, '2'],
    [24 * hour + 1, '25'],
  ])('says, after %d ms, that it is %s h old', (age, hours) => {
    const { reason } = asked('freshness', aSituation({ now: noon + age }));
    expect(reason).toBe(`the cause is ${hours} h old, stale after 24 h`);
  });
});

describe('a template is for some scores', () => {
  const audienceOf = (
    audience: NonNullable<ReturnType<typeof aTemplate>['audience']>,
    bond: number | null,
    mood: number | null,
  ) => {
    const customer = aCustomer({ scores: { ...aCustomer().scores, trust: aScore(bond, mood) } });
    return asked('audience', aSituation({ catalogue: [aTemplate({ audience })], customer }));
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
  ])('a bond of 50 and recent experience of %d are a drop above 0: %s', (mood, passed) => {
    expect(audienceOf({ all: [{ element: 'trust', scale: 'drop', above: 0 }] }, 50, mood).passed).toBe(passed);
  });

  it('a score not known yet meets no condition, in whichever direction', () => {
    for (const scale of ['bond', 'mood', 'drop'] as const) {
      expect(audienceOf({ all: [{ element: 'trust', scale, below: 100 }] }, null, null).passed).toBe(false);
      expect(audienceOf({ all: [{ element: 'trust', scale, above: 0 }] }, null, null).passed).toBe(false);
    }
    expect(audienceOf({ all: [{ element: 'trust', scale: 'drop', above: 0 }] }, 50, null).passed).toBe(false);
  });

  it('needs every condition of all, and says which are not met', () => {
    const all = [
      { element: 'trust', scale: 'bond', above: 40, below: 60 },
      { element: 'value', scale: 'mood', below: 50 },
      { element: 'trust', scale: 'mood', above: 90 },
    ] as const;
    expect(audienceOf({ all }, 50, null)).toEqual({
      gate: 'audience',
      passed: false,
      reason: 'value mood is 60.0, not below 50; trust mood is not known, not above 90',
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
      reason: 'trust bond is 70.0, not above 70, nor relevance bond is 60.0, not above 70',
    });
  });
});
