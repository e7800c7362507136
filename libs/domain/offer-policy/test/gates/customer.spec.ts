import { describe, expect, it } from '@jest/globals';
import type { Consent, CustomerView, Template } from '../../src/index.ts';
import { aCustomer, anApology, anAudience, aSituation, aTemplate } from '../builders.ts';
import { verdictOf } from './verdict-of.ts';

const verdictFor = (gate: string, template: Template, customer: Partial<CustomerView>) =>
  verdictOf(gate, aSituation({ catalogue: [template], customer: aCustomer(customer) }));
const consentTo = (offers: Consent, personalisation: Consent) => ({
  consent: { offers, personalisation, measurement: 'unknown' as const },
});
const onTrust = { audience: anAudience({ field: 'trust.bond', operator: 'above', value: 0 }) };
const onDelays = { audience: anAudience({ field: 'activity.properties.days_late', operator: 'present' }) };

describe('consent', () => {
  it.each([
    ['granted', 'granted', true],
    ['granted', 'unknown', false],
    ['granted', 'denied', false],
    ['unknown', 'granted', false],
    ['denied', 'granted', false],
    ['unknown', 'unknown', false],
  ] as const)('to offers %s and to personalisation %s lets a commercial offer pass: %s', (offers, personal, passed) => {
    expect(verdictFor('consent', aTemplate(), consentTo(offers, personal)).passed).toBe(passed);
  });

  it.each([
    ['granted', 'granted', true],
    ['unknown', 'unknown', true],
    ['unknown', 'denied', true],
    ['denied', 'granted', false],
    ['denied', 'unknown', false],
  ] as const)('to offers %s and to personalisation %s lets an apology pass: %s', (offers, personal, passed) => {
    expect(verdictFor('consent', anApology(), consentTo(offers, personal)).passed).toBe(passed);
  });

  it('to personalisation, if denied, refuses an apology that uses the scores', () => {
    expect(verdictFor('consent', anApology(onTrust), consentTo('granted', 'denied'))).toMatchObject({
      passed: false,
      reason: 'consent to personalisation is denied',
    });
    expect(verdictFor('consent', anApology(onTrust), consentTo('unknown', 'unknown')).passed).toBe(true);
    expect(verdictFor('consent', anApology(onDelays), consentTo('granted', 'denied')).passed).toBe(true);
  });

  it('must be granted for commercial templates, also if they are relational', () => {
    const invitation = anApology({ commercial: true });
    expect(verdictFor('consent', invitation, consentTo('unknown', 'unknown'))).toMatchObject({
      passed: false,
      reason: 'consent to offers is unknown; consent to personalisation is unknown',
    });
  });
});

describe('contact by a channel', () => {
  it.each([
    ['granted', true],
    ['unknown', true],
    ['denied', false],
  ] as const)('that is %s lets offers in the app pass, commercial or not: %s', (consent, passed) => {
    const customer = { channels: { 'in-app': consent } };
    expect(verdictFor('consent', aTemplate(), customer).passed).toBe(passed);
    expect(verdictFor('consent', anApology(), customer).passed).toBe(passed);
  });

  it('matters for the channel of the template only', () => {
    const customer = { channels: { email: 'denied' } } as const;
    expect(verdictFor('consent', aTemplate(), customer).passed).toBe(true);
    expect(verdictFor('consent', aTemplate({ medium: 'email' }), customer)).toMatchObject({
      passed: false,
      reason: 'contact by email is denied',
    });
  });

  it('does not replace consent to offers', () => {
    const customer = { ...consentTo('unknown', 'granted'), channels: { 'in-app': 'granted' } } as const;
    expect(verdictFor('consent', aTemplate(), customer).passed).toBe(false);
  });
});

describe.each([
  ['difficulty', { inDifficulty: true }],
  ['open apology', { openApology: true }],
])('a customer with the state %s', (gate, state) => {
  it('gets no commercial offer', () => {
    expect(verdictFor(gate, aTemplate(), state).passed).toBe(false);
    expect(verdictFor(gate, anApology({ commercial: true }), state).passed).toBe(false);
  });

  it('may get an apology', () => {
    expect(verdictFor(gate, anApology(), state).passed).toBe(true);
  });

  it('gets a commercial offer after the state has ended', () => {
    expect(verdictFor(gate, aTemplate(), {}).passed).toBe(true);
  });
});

describe('win/win', () => {
  it.each([
    [1, 1, true],
    [0.01, 0.01, true],
    [0, 1, false],
    [1, 0, false],
    [-1, 1, false],
    [1, -1, false],
  ])('with %d for the customer and %d for the retailer passes: %s', (benefit, margin, passed) => {
    expect(verdictFor('win/win', aTemplate({ benefit, margin }), {}).passed).toBe(passed);
    expect(verdictFor('win/win', anApology({ benefit, margin }), {}).passed).toBe(passed);
  });
});
