import { describe, expect, test } from '@jest/globals';
import { acceptedOf, activityOf, anEvent, violationsOf } from '../../builders.ts';

const consent = (properties: object, over: object = {}) => anEvent({ event: 'Consent Updated', properties, ...over });
const wordOf = (properties: object) => activityOf(consent(properties)).properties['offers'];

describe('a refusal of offers', () => {
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
    [{ advertising: false }],
    [{ C0004: 0 }],
    [{ receive_offers: false }],
    [{ buyer_accepts_marketing: false }],
    [{ consent: { categories: { marketing: false } } }],
  ])('is recognised in %j', (properties) => {
    expect(wordOf(properties)).toBe(false);
  });

  test.each(['perhaps', 'later', 2, {}])('is an invalid value: %j', (offers) => {
    const { activity, violations } = acceptedOf(consent({ offers }));
    expect(activity.properties).toEqual({ offers: false });
    expect(violations).toMatchObject([
      { code: 'field-invalid', field: 'offers', reason: expect.stringContaining('counts as refused') },
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
    Unsubscribed From Recently Viewed Emails, Opt Out Requested, Spam Complaint, Marked as Spam, STOP, Rifiuto Marketing, Consent Declined, Consent Rejected, Consent Disabled, Refuse Consent, Deny Consent,
    Marketing Permission Revoked, Marketing Preferences Revoked, Marketing Declined, Stop Marketing, SMS STOP, Newsletter Cancelled,
    Email Subscription Cancelled, Object to Marketing, GDPR Objection, Newsletter Unsub, Email Marked as Spam, Newsletter Abmeldung,
    Newsletter-Abmeldung, Werbewiderspruch, Einwilligung entzogen, Einwilligung zurückgezogen, Revoca Consenso, Consenso Revocato,
    Consenso Negato, Annulla iscrizione, Consentement retiré, Darse de baja, Baja Newsletter, Suscripción Cancelada,
    Consentimiento Revocado, Afmelden, Uitschrijven, Toestemming ingetrokken, Avregistrerad, Afmeldt, Avmeldt, Rezygnacja z newslettera,
    Wypisano, Odhlášení, Leiratkozás, Dezabonare, Odjava, Отписался, Απεγγραφή`
      .split(',')
      .map((name) => name.trim()),
  ])('is the event %s', (event) => {
    expect(activityOf(anEvent({ event, properties: {} })).name).toBe('message.unsubscribed');
  });

  test('is a violation if it is inferred from a custom name', () => {
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
  )('is not the event %s', (event) => {
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
  ])('is the event %s with %j', (event, properties, name) => {
    expect(activityOf(anEvent({ event, properties }))).toMatchObject({ name, properties: { offers: false } });
  });

  test('is not recognised in custom activities about other matters', () => {
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
  ])('takes precedence over a grant, with a violation: %j', (properties) => {
    expect([wordOf(properties), violationsOf(consent(properties))]).toEqual([
      false,
      expect.arrayContaining(['consent-unclear offers']),
    ]);
  });

  test('takes precedence over a grant in any field', () => {
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
  ])('is recognised in the traits %j', (traits) => {
    expect(
      activityOf(anEvent({ type: 'identify', event: undefined, properties: undefined, traits })).properties,
    ).toEqual({
      offers: false,
    });
  });
});

describe('a consent in the traits of a person', () => {
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
  ])('counts if it is a refusal: %j', (traits, read) => {
    expect(identified(traits).activity.properties).toEqual(read);
  });

  test('does not count if it is a grant, which may be older than a refusal, and is a violation', () => {
    const { activity, violations } = identified({ offers: true });
    expect([activity.properties, violations]).toMatchObject([{}, [{ code: 'consent-unclear', field: 'offers' }]]);
  });

  test.each([[{ offers: ['A-1'] }], [{ offers: 3 }], [{ city: 'Bari' }]])('is not recognised in %j', (traits) => {
    expect(identified(traits)).toMatchObject({ activity: { properties: {} }, violations: [] });
  });

  test.each(['never', 'abgelehnt', 'n\u0061\u0303o', 'no\u200b', 'NEIN, danke', 'нет'])(
    'is a refusal if it is %j',
    (offers) => {
      expect(identified({ offers }).activity.properties).toEqual({ offers: false });
    },
  );

  test('is recognised in the properties, too', () => {
    expect(identified({}, { offers: 'no' }).activity.properties).toEqual({ offers: false });
    expect(identified({}, { offers: 'granted' }).activity.properties).toEqual({ offers: 'granted' });
  });

  test('counts if the traits are only in the context', () => {
    const context = { traits: { city: 'Bari', unsubscribed: true } };
    const { activity } = acceptedOf(anEvent({ type: 'identify', event: undefined, properties: undefined, context }));
    expect(activity).toMatchObject({ properties: { offers: false }, traits: { city: 'Bari' } });
  });

  test('is not read from stored traits in the context of other events', () => {
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
    { subscribed_to_newsletter: false },
    { emailBlacklisted: true },
    { gdpr_consent: false },
    { marketing_permission: false },
    { marketing_allowed: 'no' },
    { consents: { marketing: false } },
    { preferences: { offers: false } },
    { unsubscribed_at: '2026-11-20T10:00:00Z' },
    { $email_opt_out: true },
  ])('is a refusal in the formats of CRMs and shops: %j', (traits) => {
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
  ])('is not a refusal: %j', (traits) => {
    expect(identified(traits)).toMatchObject({ activity: { properties: {} }, violations: [] });
  });
});

describe('a grant of offers', () => {
  test.each([[{ marketing: true }], [{ newsletter: 'yes' }], [{ unsubscribed: false }], [{}]])(
    'is ignored in %j, with a violation',
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
  ])('is recognised under its own name: %j', (properties) => {
    expect(violationsOf(consent(properties))).toEqual([]);
  });
});
