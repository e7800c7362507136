import { amount, type Fields, label, number, text } from './field.ts';

export const currency = text('The currency of all amounts, in ISO 4217: EUR.');

/** What an order costs, as Segment's specification splits it. */
export const sums = {
  affiliation: label('The shop or partner through which it was ordered.'),
  total: amount('What is paid, with everything added and taken off.'),
  revenue: amount('What the products bring, without shipping and tax.'),
  shipping: amount('The cost of shipping.'),
  tax: amount('The tax.'),
  discount: number('What was taken off. Some systems give it as a number below 0.'),
  coupon: label('The coupon that was redeemed with it.'),
  currency,
} satisfies Fields;
