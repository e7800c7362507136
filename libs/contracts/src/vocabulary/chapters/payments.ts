import { amount, id } from '../field.ts';
import { currency } from '../sums.ts';
import type { Chapter } from '../term.ts';

const due = { order_id: id('The order.'), amount_due: amount('The amount that is still due.'), currency };

export const payments: Chapter = {
  title: 'Payment',
  description:
    'Payment difficulties of customers. Such a customer gets no commercial offers until the difficulty is resolved.',
  terms: {
    'payment.difficulty_reported': {
      titles: ['Payment Difficulty Reported'],
      description: 'A customer cannot pay as agreed.',
      must: {},
      may: due,
      example: { order_id: 'o-1', amount_due: 59, currency: 'EUR' },
    },
    'payment.difficulty_resolved': {
      titles: ['Payment Difficulty Resolved'],
      description: 'A customer can pay again.',
      must: {},
      may: due,
      example: { order_id: 'o-1', amount_due: 0, currency: 'EUR' },
    },
  },
};
