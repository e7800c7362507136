import { describe, expect, it } from '@jest/globals';
import type { LeafDocument, RuleDocument } from '@sestante/rules';
import type { Cause, CustomerView } from '../../src/index.ts';
import { aCustomer, anAudience, aScore, aSituation, aTemplate } from '../builders.ts';
import { verdictOf } from './verdict-of.ts';

const leaf = (field: string, operator: LeafDocument['operator'], value?: LeafDocument['value']): LeafDocument => ({
  field,
  operator,
  ...(value !== undefined && { value }),
});

function judged(audience: RuleDocument, customer: Partial<CustomerView> = {}, cause: Partial<Cause> = {}) {
  return verdictOf(
    'audience',
    aSituation({
      catalogue: [aTemplate({ audience: anAudience(audience) })],
      customer: aCustomer(customer),
      cause: { ...aSituation().cause, ...cause },
    }),
  );
}

const withTrust = (bond: number | null, mood: number | null) => ({
  scores: { ...aCustomer().scores, trust: aScore(bond, mood) },
});

describe('an audience by scores', () => {
  it.each([
    [39, leaf('trust.bond', 'above', 40), false],
    [40, leaf('trust.bond', 'above', 40), false],
    [41, leaf('trust.bond', 'above', 40), true],
    [39, leaf('trust.mood', 'below', 40), true],
    [40, leaf('trust.mood', 'below', 40), false],
    [41, leaf('trust.mood', 'below', 40), false],
  ])('with a trust of %d, %j passes: %s', (score, audience, passed) => {
    expect(judged(audience, withTrust(score, score)).passed).toBe(passed);
  });

  it.each([
    [51, false],
    [50, false],
    [49, true],
  ])('passes a drop above 0 with a bond of 50 and a mood of %d: %s', (mood, passed) => {
    expect(judged(leaf('trust.drop', 'above', 0), withTrust(50, mood)).passed).toBe(passed);
  });

  it.each(['trust.bond', 'trust.mood', 'trust.drop', 'overall'])('has nobody without a score: %s', (field) => {
    const nobody = { ...withTrust(null, null), overall: null };
    expect(judged(leaf(field, 'at-most', 100), nobody).passed).toBe(false);
    expect(judged(leaf(field, 'at-least', 0), nobody).passed).toBe(false);
    expect(judged({ not: leaf(field, 'present') }, nobody).passed).toBe(true);
  });

  it('reads overall and confidence', () => {
    expect(judged(leaf('overall', 'equals', 60)).passed).toBe(true);
    expect(judged(leaf('value.confidence', 'equals', 0.5)).passed).toBe(true);
  });

  it('needs every condition of all, and lists those that do not hold', () => {
    const all = [leaf('trust.bond', 'above', 40), leaf('value.mood', 'below', 50), leaf('trust.mood', 'above', 90)];
    expect(judged({ all }, withTrust(50, null))).toEqual({
      gate: 'audience',
      passed: false,
      reason: 'value.mood must be below 50 (it is 60); trust.mood must be above 90 (it is unknown)',
    });
  });

  it('needs one condition of any', () => {
    const any = [leaf('trust.bond', 'above', 70), leaf('relevance.bond', 'above', 70)];
    expect(judged({ any }, withTrust(71, 50))).toEqual({
      gate: 'audience',
      passed: true,
      reason: 'the customer is in the audience of the template',
    });
    expect(judged({ any }, withTrust(70, 50)).reason).toBe(
      'trust.bond must be above 70 (it is 70) or relevance.bond must be above 70 (it is 60)',
    );
  });
});

describe('an audience by consents', () => {
  it.each([
    ['consents.offers', 'granted'],
    ['consents.measurement', 'denied'],
    ['consents.email', 'denied'],
    ['consents.in-app', 'unknown'],
  ])('%s is %s', (field, consent) => {
    const customer: Partial<CustomerView> = {
      consent: { offers: 'granted', personalisation: 'granted', measurement: 'denied' },
      channels: { email: 'denied' },
    };
    expect(judged(leaf(field, 'equals', consent), customer).passed).toBe(true);
    expect(judged({ not: leaf(field, 'equals', consent) }, customer).passed).toBe(false);
  });
});

describe('an audience by the cause', () => {
  it('reads its name and its channel', () => {
    expect(judged(leaf('activity.name', 'equals', 'coupon.denied')).passed).toBe(true);
    expect(judged(leaf('activity.channel', 'one-of', ['store', 'mobile'])).passed).toBe(false);
  });

  it.each([
    [{ shipping: { days_late: 3 } }, true],
    [{ shipping: { days_late: 2 } }, false],
    [{ shipping: { days_late: '3' } }, false],
    [{ shipping: null }, false],
    [{}, false],
  ])('reads its properties: %j', (properties, passed) => {
    const late = leaf('activity.properties.shipping.days_late', 'above', 2);
    expect(judged(late, {}, { properties }).passed).toBe(passed);
  });

  it('reads no inherited property', () => {
    expect(judged(leaf('activity.properties.constructor.name', 'present')).passed).toBe(false);
  });

  it('keeps texts of properties out of the reasons', () => {
    const { reason } = judged(leaf('activity.properties.note', 'equals', 'x'), {}, { properties: { note: 'for Ada' } });
    expect(reason).toBe('activity.properties.note must be x (its text is not shown)');
  });
});

it('a template without an audience is for every customer', () => {
  expect(verdictOf('audience', aSituation())).toMatchObject({ passed: true });
});
