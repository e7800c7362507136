import { amount, id } from '../field.ts';
import { currency } from '../sums.ts';
import type { Chapter } from '../term.ts';

const due = { order_id: id('The order.'), amount_due: amount('What is still to be paid.'), currency };

export const payments: Chapter = {
  title: 'Payment',
  says: 'A customer who cannot pay is helped, and gets no commercial offers meanwhile.',
  terms: {
    'payment.difficulty_reported': {
      titles: ['Payment Difficulty Reported'],
      says: 'A customer cannot pay as agreed.',
      must: {},
      may: due,
      example: { order_id: 'o-1', amount_due: 59, currency: 'EUR' },
    },
    'payment.difficulty_resolved': {
      titles: ['Payment Difficulty Resolved'],
      says: 'A customer can pay again.',
      must: {},
      may: due,
      example: { order_id: 'o-1', amount_due: 0, currency: 'EUR' },
    },
  },
};
