import { amount, consent, id, label, labels } from '../field.ts';
import type { Chapter } from '../term.ts';

const request_id = id('The request.');
const wish = label('What the customer wants: see, correct, export or erase.');

/** The consent properties of the activities in `consentActivities`. */
export const consentProperties = {
  offers: consent('Consent to offers.'),
  personalisation: consent('Consent to the use of the scores to choose offers.'),
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
        'A customer gave or withdrew consent. The categories in `context.consent.categoryPreferences` count as properties. Only `offers` and ' +
        '`personalisation` can grant consent. Other names, such as `marketing`, can only deny it. A value that cannot be read counts as denied.',
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
