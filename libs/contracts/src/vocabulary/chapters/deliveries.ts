import { day, id, label, number } from '../field.ts';
import type { Chapter } from '../term.ts';

const order_id = id('The order.');
const promised_for = day('The promised day or instant.');
const delivery = { order_id, delivery_id: id('The delivery.'), carrier: label('The carrier.') };
const promise = label('The promise, in one or two words.');
const promised = { promise_id: id('The promise.'), order_id, promised_for };
const apology = {
  apology_id: id('The apology.'),
  order_id,
  contact_id: id('The contact in which the apology was made.'),
};

export const deliveries: Chapter = {
  title: 'Deliveries and promises',
  description: 'Promises to customers, and whether they were kept.',
  terms: {
    'delivery.promised': {
      titles: ['Delivery Promised'],
      description: 'A customer was promised a delivery date.',
      must: { promised_for },
      either: ['order_id', 'delivery_id'],
      may: delivery,
      example: { order_id: 'o-1', promised_for: '2026-11-24', carrier: 'post' },
    },
    'delivery.arrived': {
      titles: ['Delivery Arrived'],
      description: 'A delivery arrived.',
      must: {},
      may: {
        ...delivery,
        promised_for,
        days_late: number('The days after the promised day: 0 on that day, below 0 before it.'),
      },
      example: { order_id: 'o-1', days_late: 0, carrier: 'post' },
    },
    'promise.made': {
      titles: ['Promise Made'],
      description: 'A customer was promised something.',
      must: { promise },
      may: promised,
      example: { promise: 'call back', promised_for: '2026-11-24T10:00:00Z' },
    },
    'promise.kept': {
      titles: ['Promise Kept'],
      description: 'A promise to a customer was kept.',
      must: {},
      may: { promise, ...promised },
      example: { promise: 'delivery day', order_id: 'o-1' },
    },
    'promise.broken': {
      titles: ['Promise Broken'],
      description:
        'A promise to a customer was broken. No commercial offer reaches the customer until the apology is closed.',
      must: {},
      may: { promise, ...promised },
      example: { promise: 'delivery day', order_id: 'o-1' },
    },
    'apology.accepted': {
      titles: ['Apology Accepted'],
      description: 'A customer accepted an apology.',
      must: {},
      may: apology,
      example: { apology_id: 'a-1' },
    },
    'apology.closed': {
      titles: ['Apology Closed'],
      description: 'The problem was resolved, whether or not the customer confirmed it.',
      must: {},
      may: apology,
      example: { apology_id: 'a-1' },
    },
  },
};
