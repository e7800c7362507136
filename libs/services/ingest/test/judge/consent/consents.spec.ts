import { describe, expect, test } from '@jest/globals';
import {
  acceptedOf,
  activityOf,
  anEvent,
  day,
  fromNoon,
  hour,
  noon,
  rejectionOf,
  violationsOf,
  webShop,
} from '../../builders.ts';

const consent = (properties: object, over: object = {}) => anEvent({ event: 'Consent Updated', properties, ...over });
const wordOf = (properties: object) => activityOf(consent(properties)).properties['offers'];

describe('a no to offers', () => {
  test.each([
    [{ offers: 'no' }],
    [{ offers: 'withdrawn' }],
    [{ Offers: false }],
    [{ offers: 0 }],
    [{ marketing: false }],
    [{ email_marketing: 'denied' }],
    [{ marketingConsent: 'revoked' }],
    [{ newsletter: 'nein' }],
    [{ unsubscribed: true }],
    [{ opt_out: 'yes' }],
    [{ consent: 'denied' }],
    [{ categories: { marketing: false } }],
    [{ 'Opt-In': 'false' }],
  ])('is read in %j', (properties) => {
    expect(wordOf(properties)).toBe(false);
  });

  test.each(['perhaps', 'later', 2, {}])('is what cannot be read: %j', (offers) => {
    const { activity, violations } = acceptedOf(consent({ offers }));
    expect(activity.properties).toEqual({ offers: false });
    expect(violations).toMatchObject([
      { code: 'field-invalid', field: 'offers', reason: expect.stringContaining('counts as a no') },
    ]);
  });

  test.each([
    'Unsubscribed',
    'Email Unsubscribed',
    'Opted Out',
    'opt_out',
    'Consent Withdrawn',
    'User Unsubscribed From SMS',
    'Customer Opted Out Of Marketing',
    'Marketing Consent Revoked',
    'Newsletter abbestellt',
    'Utente disiscritto',
  ])('is said by the event %s', (event) => {
    expect(activityOf(anEvent({ event, properties: {} })).name).toBe('message.unsubscribed');
  });

  test('that is guessed from a name of the source’s own is told', () => {
    expect(violationsOf(anEvent({ event: 'User Unsubscribed From SMS', properties: {} }))).toEqual([
      'name-unclear event',
    ]);
    expect(violationsOf(anEvent({ event: 'Unsubscribed', properties: {} }))).toEqual([]);
  });

  test.each(['Unsubscribe Page Viewed', 'Resubscribed', 'Subscribed', 'Unsubscribe Undone'])(
    'is not said by %s',
    (event) => {
      expect(activityOf(anEvent({ event, properties: {} })).name).not.toBe('message.unsubscribed');
    },
  );

  test.each([
    { unsubscribed: true },
    { emailOptOut: 'true' },
    { accepts_marketing: false },
    { marketing_consent: 'no' },
  ])('is said by the traits %j', (traits) => {
    expect(
      activityOf(anEvent({ type: 'identify', event: undefined, properties: undefined, traits })).properties,
    ).toEqual({
      offers: false,
    });
  });
});

describe('a word among the traits of a person', () => {
  const identified = (traits: object, properties?: object) =>
    acceptedOf(anEvent({ type: 'identify', event: undefined, properties, traits }));

  test.each([
    [{ offers: false }, { offers: false }],
    [{ Offers: 'nein' }, { offers: false }],
    [{ offers: 'denied' }, { offers: false }],
    [{ personalisation: 'no' }, { personalisation: false }],
    [{ personalization: 0 }, { personalisation: false }],
    [
      { personalisation: false, unsubscribed: true },
      { offers: false, personalisation: false },
    ],
    [{ offers: true, unsubscribed: true }, { offers: false }],
  ])('counts if it is a no: %j', (traits, read) => {
    expect(identified(traits).activity.properties).toEqual(read);
  });

  test('does not count if it is a yes, which may be from before a no, and that is told', () => {
    const { activity, violations } = identified({ offers: true });
    expect([activity.properties, violations]).toMatchObject([{}, [{ code: 'consent-unclear', field: 'offers' }]]);
  });

  test.each([[{ offers: ['A-1'] }], [{ offers: 3 }], [{ city: 'Bari' }]])('is none in %j', (traits) => {
    expect(identified(traits)).toMatchObject({ activity: { properties: {} }, violations: [] });
  });

  test('yields to the same word among the properties, read as everywhere', () => {
    expect(identified({ offers: false }, { offers: 'granted' }).activity.properties).toEqual({ offers: 'granted' });
    expect(identified({}, { offers: 'no' }).activity.properties).toEqual({ offers: false });
  });
});

describe('a yes to offers', () => {
  test.each([[{ marketing: true }], [{ newsletter: 'yes' }], [{ unsubscribed: false }], [{}]])(
    'is not read in %j, and that is told',
    (properties) => {
      expect([wordOf(properties), violationsOf(consent(properties))]).toEqual([undefined, ['consent-unclear offers']]);
    },
  );

  test.each([
    [{ offers: true }],
    [{ offers: 'granted' }],
    [{ offers: 'ja', marketing: false }],
    [{ personalisation: true }],
    [{ personalization: 'yes' }],
    [{ Offers: true }],
  ])('is what is said under its name: %j', (properties) => {
    expect(violationsOf(consent(properties))).toEqual([]);
  });
});

describe('a word of which nobody knows when it was said', () => {
  const inFile = { isFromFile: true };
  const local = '2026-11-19T10:00:00';
  const at = (properties: object, timestamp: string, over = {}) => {
    const { activity, violations } = acceptedOf(consent(properties, { timestamp, ...over }), inFile);
    return [activity.timestamp, activity.properties, violations.map(({ code }) => code)];
  };

  test('counts from the latest that it can be, if it is a no', () => {
    expect(at({ offers: false }, local)).toEqual([
      '2026-11-19T22:00:00.000Z',
      { offers: false },
      ['time-zone-missing'],
    ]);
  });

  test('counts from the earliest that it can be, if it is a yes', () => {
    expect(at({ offers: true }, local)).toEqual(['2026-11-18T20:00:00.000Z', { offers: true }, ['time-zone-missing']]);
  });

  test('is not counted, if it is a yes that comes with a no', () => {
    expect(at({ offers: false, personalisation: true }, local)).toEqual([
      '2026-11-19T22:00:00.000Z',
      { offers: false },
      ['time-zone-missing', 'consent-unclear'],
    ]);
  });

  test('counts from its reception, if it is a no of a clock that lost its time; a yes does not count', () => {
    const lost = { timestamp: '1970-01-01T00:00:07Z' };
    expect(activityOf(consent({ offers: false }, lost))).toMatchObject({
      timestamp: noon.toISOString(),
      properties: { offers: false },
    });
    const yes = acceptedOf(consent({ offers: true }, lost));
    expect([yes.activity.properties, yes.violations.map(({ code }) => code)]).toEqual([
      {},
      ['timestamp-implausible', 'consent-unclear'],
    ]);
  });

  test('as an opt-out counts from the latest, too', () => {
    const optOut = anEvent({ event: 'Unsubscribed', properties: {}, timestamp: '2026-11-20T08:00:00' });
    expect(activityOf(optOut).timestamp).toBe(noon.toISOString());
  });

  test.each([
    ['2026-11-19', webShop.timeZone, '2026-11-20T11:59:59.999Z'],
    ['2026-11-18', 'UTC', '2026-11-18T23:59:59.999Z'],
    ['20261118', 'America/Chicago', '2026-11-19T05:59:59.999Z'],
    ['2026-11-20', 'UTC', noon.toISOString()],
  ])('counts from the end of the day, if it is a no of %s in the zone %s', (timestamp, timeZone, at) => {
    const source = { ...webShop, timeZone };
    expect(activityOf(consent({ offers: false }, { timestamp }), {}, source).timestamp).toBe(at);
    expect(activityOf(anEvent({ event: 'Unsubscribed', properties: {}, timestamp }), {}, source).timestamp).toBe(at);
  });

  test('counts from the beginning of the day, if it is a yes', () => {
    const source = { ...webShop, timeZone: 'UTC' };
    const { activity, violations } = acceptedOf(consent({ offers: true }, { timestamp: '2026-11-18' }), {}, source);
    expect([activity.timestamp, violations]).toEqual(['2026-11-18T00:00:00.000Z', []]);
  });

  test.each([
    [consent({ offers: true })],
    [anEvent({ type: 'identify', event: undefined, properties: { offers: true } })],
  ])('is not counted, if it is a yes in a file that does not say when: %j', (event) => {
    const { activity, violations } = acceptedOf(event, inFile);
    expect([activity.properties, violations.map(({ code }) => code)]).toEqual([
      {},
      expect.arrayContaining(['consent-unclear']),
    ]);
  });

  test('is no doubt where the source has a zone: a till in Chicago', () => {
    const chicago = { ...webShop, timeZone: 'America/Chicago' };
    const event = consent({ offers: false }, { timestamp: fromNoon(-day).slice(0, 19) });
    expect(activityOf(event, {}, chicago).timestamp).toBe(fromNoon(-day + 6 * hour));
  });
});

describe('a redemption', () => {
  const named = (event: string, properties: object) => activityOf(anEvent({ event, properties })).name;

  test.each([
    ['Voucher Redeemed', { code: 'hyv61-vyab2' }],
    ['Gutschein eingelöst', { offer_id: '5f0c1c0e-6f59-5c3c-9d37-0f7f5f3c7a02' }],
  ])('%s with %j is one of an offer', (event, properties) => {
    expect(named(event, properties)).toBe('offer.redeemed');
  });

  test.each([
    ['Coupon Redeemed', { coupon_id: 'AUTUMN' }],
    ['Points Redeemed', { points: 50 }],
  ])('%s with %j is the source’s own', (event, properties) => {
    expect(named(event, properties)).not.toBe('offer.redeemed');
  });

  test.each([
    [{ code: 'hyv61-vyab2' }, { code: 'HYV61VYAB2' }],
    [{ code: 'HYV6IVYAB2' }, { code: 'HYV61VYAB2' }],
    [{ offer_id: ' {5F0C1C0E-6F59-5C3C-9D37-0F7F5F3C7A02}' }, { offer_id: '5f0c1c0e-6f59-5c3c-9d37-0f7f5f3c7a02' }],
  ])('is read with %j as %j', (typed, read) => {
    expect(activityOf(anEvent({ event: 'Offer Redeemed', properties: typed })).properties).toEqual(read);
  });

  test.each([{}, { code: 'AUTUMN' }, { code: 'HYV61VYAB' }, { code: 7 }, { offer_id: 'o-1' }, { coupon_id: 'x' }])(
    'of no offer that could be ours is rejected: %j',
    (properties) => {
      for (const event of ['Offer Redeemed', 'Offer Dismissed'])
        expect(rejectionOf(anEvent({ event, properties }))?.code).toBe('offer-unclear');
    },
  );
});
