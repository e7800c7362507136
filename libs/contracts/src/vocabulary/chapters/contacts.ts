import { amount, day, id, label } from '../field.ts';
import type { Chapter } from '../term.ts';

const contact = {
  contact_id: id('The contact: the same id from its opening to its end.'),
  medium: label('The medium: phone, mail, chat.'),
  reason: label('The reason for the contact.'),
  order_id: id('The order that the contact is about.'),
};

export const contacts: Chapter = {
  title: 'Call centre',
  description: 'Requests of customers for help, and their results.',
  terms: {
    'contact.opened': {
      titles: ['Contact Opened'],
      description: 'A customer asked for help.',
      must: {},
      may: contact,
      example: { contact_id: 'k-1', medium: 'phone', reason: 'parcel is late', order_id: 'o-1' },
    },
    'contact.transferred': {
      titles: ['Contact Transferred'],
      description: 'A customer was transferred to another department or person.',
      must: {},
      may: { ...contact, department: label('The new department.') },
      example: { contact_id: 'k-1', department: 'shipping' },
    },
    'contact.resolved': {
      titles: ['Contact Resolved'],
      description: 'A customer was helped.',
      must: {},
      may: {
        ...contact,
        minutes: amount('The minutes from the opening to the resolution.'),
        opened_at: day('When the contact was opened: instead of the minutes.'),
      },
      example: { contact_id: 'k-1', minutes: 35 },
    },
    'contact.reopened': {
      titles: ['Contact Reopened'],
      description: 'A customer had to ask for help with the same problem again.',
      must: {},
      may: contact,
      example: { contact_id: 'k-1', reason: 'parcel is still not there' },
    },
  },
};
