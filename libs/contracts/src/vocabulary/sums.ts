import { amount, type Fields, label, number, text } from './field.ts';

export const currency = text('The currency of all amounts, in ISO 4217, such as EUR.');

/** The amounts of an order, as in Segment's specification. */
export const sums = {
  affiliation: label('The shop or partner through which it was ordered.'),
  total: amount('The amount paid, including shipping, tax and discounts.'),
  revenue: amount('The revenue of the products, without shipping and tax.'),
  shipping: amount('The cost of shipping.'),
  tax: amount('The tax.'),
  discount: number('The discount. Some systems send it as a number below 0.'),
  coupon: label('The coupon that was redeemed with it.'),
  currency,
} satisfies Fields;
