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
    [{ status: 'denied' }],
    [{ purpose: 'marketing', status: 'withdrawn' }],
    [{ action: 'opt_out' }],
    [{ consents: [{ purpose: 'offers', granted: false }] }],
    [{ offers_email: false }],
    [{ buyer_accepts_marketing: false }],
    [{ consent: { categories: { marketing: false } } }],
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
    ...`Unsubscribed From Reminder Emails, Unsubscribed via Preferences Page, Preference Page Unsubscribe, Unsubscribe Page Submitted,
    Unsubscribed From Recently Viewed Emails, Consent Declined, Consent Rejected, Consent Disabled, Refuse Consent, Deny Consent,
    Marketing Permission Revoked, Marketing Preferences Revoked, Marketing Declined, Stop Marketing, SMS STOP, Newsletter Cancelled,
    Email Subscription Cancelled, Object to Marketing, GDPR Objection, Newsletter Unsub, Email Marked as Spam, Newsletter Abmeldung,
    Newsletter-Abmeldung, Werbewiderspruch, Einwilligung entzogen, Einwilligung zurückgezogen, Revoca Consenso, Consenso Revocato,
    Consenso Negato, Annulla iscrizione, Consentement retiré, Darse de baja, Baja Newsletter, Suscripción Cancelada,
    Consentimiento Revocado, Afmelden, Uitschrijven, Toestemming ingetrokken, Avregistrerad, Afmeldt, Avmeldt, Rezygnacja z newslettera,
    Wypisano, Odhlášení, Leiratkozás, Dezabonare, Odjava, Отписался, Απεγγραφή`
      .split(',')
      .map((name) => name.trim()),
  ])('is said by the event %s', (event) => {
    expect(activityOf(anEvent({ event, properties: {} })).name).toBe('message.unsubscribed');
  });

  test('that is guessed from a name of the source’s own is told', () => {
    expect(violationsOf(anEvent({ event: 'User Unsubscribed From SMS', properties: {} }))).toEqual([
      'name-unclear event',
    ]);
    expect(violationsOf(anEvent({ event: 'Unsubscribed', properties: {} }))).toEqual([]);
  });

  test.each(
    `Unsubscribe Page Viewed, Resubscribed, Subscribed, Unsubscribe Undone, Unsubscribe Survey Shown, Consent Withdrawal Rejected,
    Unsubscribe Reverted, Bag Opted Out, Substitutions Opted Out, Stock Alert Unsubscribed, Double Opt-In Outstanding,
    Parental Consent Denied, Cookie Consent Denied, Abgemeldet, Kunde Abgemeldet, Benutzer abgemeldet, Bestellung Widerrufen,
    Widerruf eingegangen, Abo abbestellt, Disdetta Ordine, Disdetta Prenotazione, Appuntamento disdetto, Order Cancelled, Email Rejected`
      .split(',')
      .map((name) => name.trim()),
  )('is not said by %s', (event) => {
    expect(activityOf(anEvent({ event, properties: {} })).name).not.toBe('message.unsubscribed');
  });

  test.each([
    ['Consent Update', { offers: false }, 'consent.updated'],
    ['Segment Consent Preference', { offers: false }, 'consent.updated'],
    ['Update Consent', { offers: 'no' }, 'consent.updated'],
    ['Consent Saved', { marketing: false }, 'consent.saved'],
    ['Profile Updated', { unsubscribed: true }, 'profile.updated'],
    ['Account Updated', { accepts_marketing: false }, 'account.updated'],
    ['Marketing Consent Updated', { granted: false }, 'consent.updated'],
    ['Communication Preferences Updated', { unsubscribed: true }, 'preferences.updated'],
    ['Preferences Updated', { newsletter: false }, 'preferences.updated'],
    ['Preferences Updated', { frequency: 'never' }, 'preferences.updated'],
    ['Subscription Updated', { status: 'unsubscribed' }, 'subscription.updated'],
    ['OneTrustGroupsUpdated', { offers: false }, 'onetrustgroupsupdated'],
  ])('is said by the event %s with %j', (event, properties, name) => {
    expect(activityOf(anEvent({ event, properties }))).toMatchObject({ name, properties: { offers: false } });
  });

  test('is not read in a source’s own activities that tell of something else', () => {
    const { activity, violations } = acceptedOf(
      anEvent({ event: 'Products Filtered By Price', properties: { promotions: false } }),
    );
    expect([activity.properties, violations]).toEqual([{ promotions: false }, []]);
  });

  test.each([
    [{ offers: true, unsubscribed: true }],
    [{ offers: 'ja', marketing: false }],
    [{ offers: true, Offers: false }],
    [{ Offers: false, offers: true }],
  ])('counts before a yes beside it, which is told: %j', (properties) => {
    expect([wordOf(properties), violationsOf(consent(properties))]).toEqual([
      false,
      expect.arrayContaining(['consent-unclear offers']),
    ]);
  });

  test('counts before a yes, wherever they stand', () => {
    const context = { consent: { categoryPreferences: { offers: false } } };
    expect(activityOf(consent({ offers: true }, { context })).properties['offers']).toBe(false);
    expect(activityOf(consent({ offers: true }, { traits: { offers: false } })).properties['offers']).toBe(false);
    expect(activityOf(consent({}, { offers: false })).properties['offers']).toBe(false);
    const personalisation = { personalisation: true, personalization: false };
    expect(activityOf(consent(personalisation)).properties['personalisation']).toBe(false);
  });

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

  test.each(['never', 'abgelehnt', 'n\u0061\u0303o', 'no\u200b', 'NEIN, danke', 'нет'])(
    'is a no where it is %j',
    (offers) => {
      expect(identified({ offers }).activity.properties).toEqual({ offers: false });
    },
  );

  test('is read among the properties as everywhere', () => {
    expect(identified({}, { offers: 'no' }).activity.properties).toEqual({ offers: false });
    expect(identified({}, { offers: 'granted' }).activity.properties).toEqual({ offers: 'granted' });
  });

  test('counts where the traits stand in the context alone', () => {
    const context = { traits: { city: 'Bari', unsubscribed: true } };
    const { activity } = acceptedOf(anEvent({ type: 'identify', event: undefined, properties: undefined, context }));
    expect(activity).toMatchObject({ properties: { offers: false }, traits: { city: 'Bari' } });
  });

  test('is not read from what an SDK remembers in the context of other events', () => {
    const context = { traits: { unsubscribed: true } };
    expect(activityOf(consent({ offers: true }, { context }))).toMatchObject({
      properties: { offers: true },
      traits: {},
    });
  });

  test.each([
    { HasOptedOutOfEmail: true },
    { DoNotCall: true },
    { hs_email_optout: 'true' },
    { unsubscribed_from_emails: true },
    { email_subscribe: 'unsubscribed' },
    { email_marketing_consent: { state: 'unsubscribed' } },
    { status: 'unsubscribed' },
    { consent_state: { gdpr: { marketing: { consented: false } } } },
    { is_subscribed: false },
    { newsletter: 0 },
    { newsletter_opt_in: false },
    { do_not_email: true },
    { can_contact: false },
    { gdpr_consent: false },
    { marketing_permission: false },
    { marketing_allowed: 'no' },
    { consents: { marketing: false } },
    { preferences: { offers: false } },
    { unsubscribed_at: '2026-11-20T10:00:00Z' },
    { $email_opt_out: true },
  ])('is a no as CRMs and shops write it: %j', (traits) => {
    expect(identified(traits).activity.properties).toEqual({ offers: false });
  });

  test.each([
    { unsubscribed_at: null },
    { unsubscribe_url: 'https://x.it/u' },
    { marketing_emails_sent: 0 },
    { cookie_consent: false },
    { consents: [{ purpose: 'analytics', granted: false }] },
    { status: 'inactive' },
    { parental_consent: false },
    { has_app: false },
    { opt_out: '' },
    { unsubscribed: 'false' },
    { subscription: false },
    { stock_alert_unsubscribed_count: 3 },
  ])('is no no: %j', (traits) => {
    expect(identified(traits)).toMatchObject({ activity: { properties: {} }, violations: [] });
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
    [{ offers: 'ja', marketing: true }],
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

  const minute = 60_000;
  const lost = Date.UTC(1970, 0, 1) - noon.getTime();
  test.each([
    ['is reset to 1970', lost, lost + 2_000],
    ['is reset to the year of its program', Date.UTC(2015, 0, 1) - noon.getTime(), undefined],
    ['counts in another calendar', 543 * 365 * day, 543 * 365 * day + 1_000],
    ['is ahead by hours, or was when it waited', 2 * hour, 2 * hour + 1_000],
    ['is behind by minutes, or right while it waited', -10 * minute, -10 * minute + 1_000],
    ['is behind by years', -365 * day, -365 * day + 1_000],
  ])('is unsure where a clock %s: a no counts from its reception, and that is told', (_, happened, sent) => {
    const sentAt = sent === undefined ? undefined : fromNoon(sent);
    for (const no of [consent({ offers: false }), anEvent({ event: 'Unsubscribed', properties: {} })]) {
      const { activity, violations } = acceptedOf({ ...no, timestamp: fromNoon(happened) }, { sentAt });
      expect(activity.timestamp).toBe(noon.toISOString());
      expect(violations.map(({ code }) => code)).toContain('consent-unclear');
    }
  });

  test.each([
    [2 * hour, 2 * hour + 1_000],
    [lost, lost + 2_000],
  ])('is unsure where a clock is ahead or lost: a yes does not count, and that is told', (happened, sent) => {
    const yes = consent({ offers: true }, { timestamp: fromNoon(happened) });
    const { activity, violations } = acceptedOf(yes, { sentAt: fromNoon(sent) });
    expect([activity.properties, violations.map(({ code }) => code)]).toEqual([{}, ['consent-unclear']]);
  });

  test('of a yes that waited, or of a clock behind, is what it says', () => {
    const yes = consent({ offers: true }, { timestamp: fromNoon(-hour) });
    expect(activityOf(yes, { sentAt: fromNoon(-hour + 1_000) }).timestamp).toBe(fromNoon(-hour));
  });

  test.each([
    [5 * minute - 1, []],
    [5 * minute, []],
    [5 * minute + 1, ['consent-unclear']],
  ])('is sure where it was sent %d ms before it came: %j', (before, codes) => {
    const no = consent({ offers: false }, { timestamp: fromNoon(-before - 1_000) });
    expect(acceptedOf(no, { sentAt: fromNoon(-before) }).violations.map(({ code }) => code)).toEqual(codes);
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
    ['Voucher Redeemed', { offerId: '5f0c1c0e-6f59-5c3c-9d37-0f7f5f3c7a02' }],
    ['Coupon Redeemed', { Code: 'HYV61VYAB2' }],
    ['Coupon Redeemed', { coupon_code: 'HYV61–VYAB2' }],
    ['Coupon Redeemed', { coupon: 'HYV61VYAB2' }],
    ['Offer Redemption', { code: 'HYV61VYAB2' }],
    ['Offer Used', { code: 'HYV61VYAB2' }],
    ['Gutschein eingeloest', { code: 'HYV61VYAB2' }],
    ['Gutschein Einlösung', { code: 'HYV61VYAB2' }],
  ])('%s with %j is one of an offer', (event, properties) => {
    expect(named(event, properties)).toBe('offer.redeemed');
  });

  test.each([
    ['Coupon Redeemed', { coupon_id: 'AUTUMN' }],
    ['Points Redeemed', { points: 50 }],
    ['Offer Not Redeemed', { code: 'HYV61VYAB2' }],
    ['Coupon Redeem Failed', { code: 'HYV61VYAB2' }],
    ['Offer Unredeemed', { code: 'HYV61VYAB2' }],
    ['Redeemed Offer Cancelled', { code: 'HYV61VYAB2' }],
    ['Redeem Button Clicked', { code: 'HYV61VYAB2' }],
    ['Offer Redeem Page Viewed', { code: 'HYV61VYAB2' }],
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
