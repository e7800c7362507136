import { amount, id, label } from '../field.ts';
import { lines } from '../products.ts';
import { currency, sums } from '../sums.ts';
import type { Chapter, Term } from '../term.ts';

const order_id = id('The order. Refunds, returns and deliveries refer to the same id.');
const receipt_id = id('The receipt from the till.');
const store_id = id('The store.');
const order = { ...sums, store_id, receipt_id, products: lines('The ordered products.') };

const returned: Pick<Term, 'must' | 'either' | 'may'> = {
  must: {},
  either: ['order_id', 'receipt_id'],
  may: {
    order_id,
    receipt_id,
    return_id: id('The return.'),
    store_id,
    reason: label('The reason.'),
    refund: amount('The refunded amount.'),
    currency,
    products: lines('The returned products.'),
  },
};

export const orders: Chapter = {
  title: 'Orders and returns',
  description:
    "Orders as in Segment's e-commerce specification v2, on the web, in the app and at the till; returns are an addition.",
  terms: {
    'order.completed': {
      titles: ['Order Completed', 'Order Placed', 'Order Submitted', 'Purchase', 'Purchase Completed', 'Purchase Made'],
      description: 'A customer placed an order or bought at a till.',
      must: { order_id },
      may: {
        ...order,
        checkout_id: id('The checkout.'),
        subtotal: amount('The price of the products after discounts, before tax and shipping.'),
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
      description: 'An order was changed.',
      must: { order_id },
      may: order,
      example: { order_id: 'o-1', revenue: 129, currency: 'EUR' },
    },
    'order.cancelled': {
      titles: ['Order Cancelled', 'Order Canceled'],
      description: 'An order was cancelled.',
      must: { order_id },
      may: { ...order, reason: label('The reason.') },
      example: { order_id: 'o-1', reason: 'takes too long' },
    },
    'order.refunded': {
      titles: ['Order Refunded', 'Refund'],
      description: 'Money was refunded for an order. The amounts are the refunded amounts, as numbers of at least 0.',
      must: { order_id },
      may: { ...order, reason: label('The reason.') },
      example: { order_id: 'o-1', revenue: 39, currency: 'EUR', products: [{ product_id: 'p-101', quantity: 1 }] },
    },
    'return.requested': {
      titles: ['Return Requested'],
      description: 'A customer wants to return products.',
      ...returned,
      example: { order_id: 'o-1', reason: 'too small', products: [{ product_id: 'p-101', quantity: 1 }] },
    },
    'return.completed': {
      titles: ['Return Completed'],
      description: 'A return arrived and was accepted.',
      ...returned,
      example: { order_id: 'o-1', refund: 39, currency: 'EUR' },
    },
    'return.refused': {
      titles: ['Return Refused'],
      description: 'A return was not accepted.',
      ...returned,
      example: { receipt_id: 'r-2042', reason: 'worn' },
    },
  },
};
