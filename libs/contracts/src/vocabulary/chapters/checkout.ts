import { amount, id, label } from '../field.ts';
import { products } from '../products.ts';
import { sums } from '../sums.ts';
import type { Chapter } from '../term.ts';

const checkout_id = id('The checkout.');
const order_id = id('The order that comes of it.');
const step = {
  checkout_id,
  step: amount('Which step it is.'),
  shipping_method: label('The way of shipping that was chosen.'),
  payment_method: label('The way of paying that was chosen.'),
};

export const checkout: Chapter = {
  title: 'Checkout',
  says: "As in Segment's e-commerce specification v2. `checkout.completed` is our own: it says how long it took.",
  terms: {
    'checkout.started': {
      titles: ['Checkout Started', 'Started Order', 'Begin Checkout', 'Initiate Checkout'],
      says: 'Somebody went to the checkout.',
      must: {},
      may: {
        checkout_id,
        order_id,
        ...sums,
        value: amount('What the order would bring.'),
        products: products('The products in the cart.'),
      },
      example: { checkout_id: 'ch-1', value: 168, currency: 'EUR', products: [{ product_id: 'p-104', quantity: 1 }] },
    },
    'checkout_step.viewed': {
      titles: ['Checkout Step Viewed'],
      says: 'Somebody came to a step of the checkout.',
      must: {},
      may: step,
      example: { checkout_id: 'ch-1', step: 2 },
    },
    'checkout_step.completed': {
      titles: ['Checkout Step Completed'],
      says: 'Somebody finished a step of the checkout.',
      must: {},
      may: step,
      example: { checkout_id: 'ch-1', step: 2, shipping_method: 'parcel' },
    },
    'payment_info.entered': {
      titles: ['Payment Info Entered', 'Add Payment Info'],
      says: 'Somebody said how they will pay.',
      must: {},
      may: { ...step, order_id },
      example: { checkout_id: 'ch-1', step: 3, payment_method: 'invoice' },
    },
    'checkout.completed': {
      titles: ['Checkout Completed'],
      says: 'Somebody has gone through the whole checkout.',
      must: {},
      may: { checkout_id, order_id, duration_seconds: amount('How long it took, in seconds.') },
      example: { checkout_id: 'ch-1', order_id: 'o-1', duration_seconds: 75 },
    },
  },
};
