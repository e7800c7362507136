import { amount, consent, id, label, labels } from '../field.ts';
import type { Chapter } from '../term.ts';

const request_id = id('The request.');
const wish = label('What is wanted: see, correct, export or erase.');

/** The words that an activity of `consentBearers` may say. */
export const words = {
  offers: consent('Whether offers may be made.'),
  personalisation: consent('Whether the scores may be used to choose them.'),
};

export const consents: Chapter = {
  title: 'Consent, preferences and own data',
  says: 'What customers decide about being contacted and about their data.',
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
      says:
        'A customer said yes or no. The categories in `context.consent.categoryPreferences` count as properties. A yes to offers is said ' +
        'under `offers` and `personalisation` only; a no also under names such as `marketing`, and one that cannot be read is a no.',
      must: {},
      may: words,
      example: { offers: true, personalisation: false },
    },
    'preferences.updated': {
      titles: [
        'Preferences Updated',
        'Contact Preferences Updated',
        'Communication Preferences Updated',
        'Email Preferences Updated',
      ],
      says: 'A customer said how they want to be addressed.',
      must: {},
      may: {
        media: labels('How: mail, phone, push.'),
        topics: labels('What about.'),
        frequency: label('How often.'),
        language: label('In which language, in BCP 47: it.'),
        ...words,
      },
      example: { media: ['mail'], topics: ['wine'], frequency: 'monthly', language: 'it' },
    },
    'data.requested': {
      titles: ['Data Requested'],
      says: 'A customer asked for their data.',
      must: {},
      may: { request_id, wish },
      example: { request_id: 'd-1', wish: 'export' },
    },
    'data.delivered': {
      titles: ['Data Delivered'],
      says: 'A customer got what was asked for.',
      must: {},
      may: { request_id, wish, days: amount('How many days it took.') },
      example: { request_id: 'd-1', days: 2 },
    },
  },
};
