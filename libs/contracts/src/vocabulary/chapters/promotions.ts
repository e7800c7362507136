import { id, label, number } from '../field.ts';
import type { Chapter, Term } from '../term.ts';

const promotion: Pick<Term, 'must' | 'may' | 'example'> = {
  must: {},
  may: {
    promotion_id: id('The promotion.'),
    creative: label('How it looked.'),
    name: label('Its name.'),
    position: label('Where it stood.'),
  },
  example: { promotion_id: 'autumn', creative: 'banner-2', position: 'home_top' },
};

/** Coupons may be named by their id or, as in Segment's own example, by `coupon`. */
const coupon = {
  order_id: id('The order.'),
  cart_id: id('The cart.'),
  coupon_id: id('The coupon.'),
  coupon: label('The coupon, where it has no id.'),
};
const coupon_name = label('The name of the coupon.');
const discount = number('What it takes off.');

export const promotions: Chapter = {
  title: 'Promotions and coupons',
  says: "As in Segment's e-commerce specification v2.",
  terms: {
    'promotion.viewed': {
      titles: ['Promotion Viewed', 'View Promotion'],
      says: 'Somebody saw a promotion.',
      ...promotion,
    },
    'promotion.clicked': {
      titles: ['Promotion Clicked', 'Select Promotion'],
      says: 'Somebody clicked on a promotion.',
      ...promotion,
    },
    'coupon.entered': {
      titles: ['Coupon Entered'],
      says: 'Somebody entered a coupon.',
      must: {},
      may: coupon,
      example: { cart_id: 'c-1', coupon_id: 'AUTUMN' },
    },
    'coupon.applied': {
      titles: ['Coupon Applied'],
      says: 'A coupon was accepted.',
      must: {},
      may: { ...coupon, coupon_name, discount },
      example: { order_id: 'o-1', coupon_id: 'AUTUMN', discount: 5 },
    },
    'coupon.denied': {
      titles: ['Coupon Denied'],
      says: 'A coupon was refused.',
      must: {},
      may: { ...coupon, coupon_name, reason: label('Why.') },
      example: { order_id: 'o-1', coupon_id: 'AUTUMN', reason: 'expired' },
    },
    'coupon.removed': {
      titles: ['Coupon Removed'],
      says: 'Somebody took a coupon off the cart or the order.',
      must: {},
      may: { ...coupon, coupon_name, discount },
      example: { cart_id: 'c-1', coupon_id: 'AUTUMN', discount: 5 },
    },
  },
};
