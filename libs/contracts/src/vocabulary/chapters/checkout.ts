import { amount, id, label } from '../field.ts';
import { products } from '../products.ts';
import { sums } from '../sums.ts';
import type { Chapter } from '../term.ts';

const checkout_id = id('The checkout.');
const order_id = id('The order.');
const step = {
  checkout_id,
  step: amount('The number of the step.'),
  shipping_method: label('The selected shipping method.'),
  payment_method: label('The selected payment method.'),
};

export const checkout: Chapter = {
  title: 'Checkout',
  description: "As in Segment's e-commerce specification v2. `checkout.completed` is an addition, with the duration.",
  terms: {
    'checkout.started': {
      titles: ['Checkout Started', 'Started Order', 'Begin Checkout', 'Initiate Checkout'],
      description: 'Somebody started the checkout.',
      must: {},
      may: {
        checkout_id,
        order_id,
        ...sums,
        value: amount('The expected revenue of the order.'),
        products: products('The products in the cart.'),
      },
      example: { checkout_id: 'ch-1', value: 168, currency: 'EUR', products: [{ product_id: 'p-104', quantity: 1 }] },
    },
    'checkout_step.viewed': {
      titles: ['Checkout Step Viewed'],
      description: 'Somebody saw a step of the checkout.',
      must: {},
      may: step,
      example: { checkout_id: 'ch-1', step: 2 },
    },
    'checkout_step.completed': {
      titles: ['Checkout Step Completed'],
      description: 'Somebody completed a step of the checkout.',
      must: {},
      may: step,
      example: { checkout_id: 'ch-1', step: 2, shipping_method: 'parcel' },
    },
    'payment_info.entered': {
      titles: ['Payment Info Entered', 'Add Payment Info'],
      description: 'Somebody entered payment information.',
      must: {},
      may: { ...step, order_id },
      example: { checkout_id: 'ch-1', step: 3, payment_method: 'invoice' },
    },
    'checkout.completed': {
      titles: ['Checkout Completed'],
      description: 'Somebody completed the whole checkout.',
      must: {},
      may: { checkout_id, order_id, duration_seconds: amount('The duration, in seconds.') },
      example: { checkout_id: 'ch-1', order_id: 'o-1', duration_seconds: 75 },
    },
  },
};
