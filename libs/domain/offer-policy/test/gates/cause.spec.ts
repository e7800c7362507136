import { describe, expect, it } from '@jest/globals';
import { decide } from '../../src/index.ts';
import { aSituation, aTemplate, hour, noon } from '../builders.ts';
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
