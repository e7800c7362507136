import { day, id, label, number } from '../field.ts';
import type { Chapter } from '../term.ts';

const order_id = id('The order.');
const promised_for = day('The day or the instant that was promised.');
const delivery = { order_id, delivery_id: id('The delivery.'), carrier: label('Who brings it.') };
const promise = label('What was promised, in a word or two.');
const promised = { promise_id: id('The promise.'), order_id, promised_for };
const apology = { apology_id: id('The apology.'), order_id, contact_id: id('The contact in which it was made.') };

export const deliveries: Chapter = {
  title: 'Deliveries and promises',
  says: 'What a customer was told to expect, and what came of it.',
  terms: {
    'delivery.promised': {
      titles: ['Delivery Promised'],
      says: 'A customer was told when a delivery comes.',
      must: { promised_for },
      either: ['order_id', 'delivery_id'],
      may: delivery,
      example: { order_id: 'o-1', promised_for: '2026-11-24', carrier: 'post' },
    },
    'delivery.arrived': {
      titles: ['Delivery Arrived'],
      says: 'A delivery came.',
      must: {},
      may: {
        ...delivery,
        promised_for,
        days_late: number('How many days after the promised one; 0 on the day, below 0 before it.'),
      },
      example: { order_id: 'o-1', days_late: 0, carrier: 'post' },
    },
    'promise.made': {
      titles: ['Promise Made'],
      says: 'A customer was promised something.',
      must: { promise },
      may: promised,
      example: { promise: 'call back', promised_for: '2026-11-24T10:00:00Z' },
    },
    'promise.kept': {
      titles: ['Promise Kept'],
      says: 'A promise to a customer was kept.',
      must: {},
      may: { promise, ...promised },
      example: { promise: 'delivery day', order_id: 'o-1' },
    },
    'promise.broken': {
      titles: ['Promise Broken'],
      says: 'A promise to a customer was broken. No commercial offer reaches the customer until the apology is closed.',
      must: {},
      may: { promise, ...promised },
      example: { promise: 'delivery day', order_id: 'o-1' },
    },
    'apology.accepted': {
      titles: ['Apology Accepted'],
      says: 'A customer has accepted an apology.',
      must: {},
      may: apology,
      example: { apology_id: 'a-1' },
    },
    'apology.closed': {
      titles: ['Apology Closed'],
      says: 'A fault was put right, whether or not the customer said so.',
      must: {},
      may: apology,
      example: { apology_id: 'a-1' },
    },
  },
};
