import { amount, consent, day, id, label, labels, number, objectOf, text, timeZone } from '../field.ts';
import type { Chapter } from '../term.ts';

const request_id = id('The request.');
const wish = label('What the customer wants: see, correct, export or erase.');

/** The consent properties of the activities in `consentActivities`. */
export const consentProperties = {
  offers: consent('Consent to offers.'),
  personalisation: consent('Consent to the use of the scores to choose offers.'),
  measurement: consent('Consent to be part of measurements of the effect of offers.'),
  channels: objectOf({
    email: consent('Contact by e-mail.'),
    push: consent('Contact by push notification.'),
    sms: consent('Contact by text message.'),
    in_app: consent('Contact inside the app or the web shop.'),
    store: consent('Contact in the store.'),
    post: consent('Contact by letter.'),
    call: consent('Contact by telephone.'),
  })('Consent to contact, by channel.'),
  wording: text('The text that the customer agreed to or refused; up to 2,000 characters are kept as proof.'),
  policy_version: label('The version of that text; up to 100 characters are kept as proof.'),
};

export const consents: Chapter = {
  title: 'Consent, preferences and own data',
  description: 'The decisions of customers about contact and about their data.',
  terms: {
    'consent.updated': {
      titles: [
        'Consent Updated',
        'Segment Consent Preference Updated',
        'Segment Consent Preference',
        'Consent Update',
        'Consent Changed',
        'Consent Preferences Updated',
        'Marketing Consent Updated',
        'Marketing Consent Changed',
      ],
      description:
        'A customer gave or withdrew consent. The categories in `context.consent.categoryPreferences` count as properties. Only the fields below, ' +
        'and the categories that the settings of the source map to them (`consentCategories`), can grant consent. Other names, such as `marketing`, ' +
        'can only deny it. A value that cannot be read counts as denied.',
      must: {},
      may: consentProperties,
      example: { offers: true, personalisation: false },
    },
    'preferences.updated': {
      titles: [
        'Preferences Updated',
        'Contact Preferences Updated',
        'Communication Preferences Updated',
        'Email Preferences Updated',
      ],
      description: 'A customer stated how they want to be contacted.',
      must: {},
      may: {
        media: labels('The media: mail, phone, push.'),
        topics: labels('The topics.'),
        frequency: label('The frequency.'),
        language: label('The language, as a BCP 47 tag such as it.'),
        quiet_hours: objectOf({
          from: number('The first hour of the day without offers, 0 to 24.'),
          to: number('The hour at which they end; earlier than the first one if they span midnight.'),
        })('The hours without offers, in the time zone of the customer.'),
        time_zone: timeZone('The time zone of the customer.'),
        budget: objectOf({
          most: amount('A whole number up to 1,000.'),
          per_days: amount('A whole number from 1 to 366.'),
        })('The most offers that the customer wants within so many days.'),
        paused_until: day('The first day or instant on which offers are welcome again.'),
        ...consentProperties,
      },
      example: { media: ['mail'], topics: ['wine'], frequency: 'monthly', language: 'it' },
    },
    'data.requested': {
      titles: ['Data Requested'],
      description: 'A customer asked for their data.',
      must: {},
      may: { request_id, wish },
      example: { request_id: 'd-1', wish: 'export' },
    },
    'data.delivered': {
      titles: ['Data Delivered'],
      description: 'A customer received the requested data.',
      must: {},
      may: { request_id, wish, days: amount('The duration, in days.') },
      example: { request_id: 'd-1', days: 2 },
    },
  },
};
