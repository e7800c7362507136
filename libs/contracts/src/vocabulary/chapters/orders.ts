import { amount, id, label } from '../field.ts';
import { lines } from '../products.ts';
import { currency, sums } from '../sums.ts';
import type { Chapter, Term } from '../term.ts';

const order_id = id('The order. Refunds, returns and deliveries name it again.');
const receipt_id = id('The receipt of the till.');
const store_id = id('The store.');
const order = { ...sums, store_id, receipt_id, products: lines('The products that were ordered.') };

const returned: Pick<Term, 'must' | 'either' | 'may'> = {
  must: {},
  either: ['order_id', 'receipt_id'],
  may: {
    order_id,
    receipt_id,
    return_id: id('The return.'),
    store_id,
    reason: label('Why.'),
    refund: amount('How much is given back.'),
    currency,
    products: lines('The products that go back.'),
  },
};

export const orders: Chapter = {
  title: 'Orders and returns',
  says: "Orders as in Segment's e-commerce specification v2, on the web, in the app and at the till; returns are our own.",
  terms: {
    'order.completed': {
      titles: ['Order Completed', 'Order Placed', 'Order Submitted', 'Purchase', 'Purchase Completed', 'Purchase Made'],
      says: 'A customer has ordered, or bought at a till.',
      must: { order_id },
      may: {
        ...order,
        checkout_id: id('The checkout.'),
        subtotal: amount('What the products cost after discounts, before tax and shipping.'),
      },
      example: {
        order_id: 'o-1',
        revenue: 168,
        shipping: 4.9,
        currency: 'EUR',
        products: [
          { product_id: 'p-104', title: 'rain jacket', price: 129, quantity: 1 },
          { product_id: 'p-101', title: 'wool scarf', price: 39, quantity: 1 },
        ],
      },
    },
    'order.updated': {
      titles: ['Order Updated'],
      says: 'An order was changed.',
      must: { order_id },
      may: order,
      example: { order_id: 'o-1', revenue: 129, currency: 'EUR' },
    },
    'order.cancelled': {
      titles: ['Order Cancelled', 'Order Canceled'],
      says: 'An order was called off.',
      must: { order_id },
      may: { ...order, reason: label('Why.') },
      example: { order_id: 'o-1', reason: 'takes too long' },
    },
    'order.refunded': {
      titles: ['Order Refunded', 'Refund'],
      says: 'Money was given back for an order; the amounts say how much, as numbers of 0 or more.',
      must: { order_id },
      may: { ...order, reason: label('Why.') },
      example: { order_id: 'o-1', revenue: 39, currency: 'EUR', products: [{ product_id: 'p-101', quantity: 1 }] },
    },
    'return.requested': {
      titles: ['Return Requested'],
      says: 'A customer wants to give something back.',
      ...returned,
      example: { order_id: 'o-1', reason: 'too small', products: [{ product_id: 'p-101', quantity: 1 }] },
    },
    'return.completed': {
      titles: ['Return Completed'],
      says: 'What was given back is there and was accepted.',
      ...returned,
      example: { order_id: 'o-1', refund: 39, currency: 'EUR' },
    },
    'return.refused': {
      titles: ['Return Refused'],
      says: 'What was given back was not accepted.',
      ...returned,
      example: { receipt_id: 'r-2042', reason: 'worn' },
    },
  },
};
