import { amount, id, label } from '../field.ts';
import type { Chapter } from '../term.ts';

const contact = {
  contact_id: id('The contact: one id from its opening to its end.'),
  medium: label('How: phone, mail, chat.'),
  reason: label('What it is about.'),
  order_id: id('The order that it is about.'),
};

export const contacts: Chapter = {
  title: 'Call centre',
  says: 'A customer asks for help, and what comes of it.',
  terms: {
    'contact.opened': {
      titles: ['Contact Opened'],
      says: 'A customer asked for help.',
      must: {},
      may: contact,
      example: { contact_id: 'k-1', medium: 'phone', reason: 'parcel is late', order_id: 'o-1' },
    },
    'contact.transferred': {
      titles: ['Contact Transferred'],
      says: 'A customer was passed on to somebody else.',
      must: {},
      may: { ...contact, department: label('To whom.') },
      example: { contact_id: 'k-1', department: 'shipping' },
    },
    'contact.resolved': {
      titles: ['Contact Resolved'],
      says: 'A customer was helped.',
      must: {},
      may: { ...contact, minutes: amount('How long it took from the opening, in minutes.') },
      example: { contact_id: 'k-1', minutes: 35 },
    },
    'contact.reopened': {
      titles: ['Contact Reopened'],
      says: 'A customer had to ask for the same again.',
      must: {},
      may: contact,
      example: { contact_id: 'k-1', reason: 'parcel is still not there' },
    },
  },
};
