import { id, label, number } from '../field.ts';
import type { Chapter, Term } from '../term.ts';

const promotion: Pick<Term, 'must' | 'may' | 'example'> = {
  must: {},
  may: {
    promotion_id: id('The promotion.'),
    creative: label('The creative of the promotion.'),
    name: label('The name of the promotion.'),
    position: label('The position of the promotion.'),
  },
  example: { promotion_id: 'autumn', creative: 'banner-2', position: 'home_top' },
};

/** A coupon may be identified by its id or, as in Segment's example, by `coupon`. */
const coupon = {
  order_id: id('The order.'),
  cart_id: id('The cart.'),
  coupon_id: id('The coupon.'),
  coupon: label('The coupon, if it has no id.'),
};
const coupon_name = label('The name of the coupon.');
const discount = number('The discount.');

export const promotions: Chapter = {
  title: 'Promotions and coupons',
  description: "As in Segment's e-commerce specification v2.",
  terms: {
    'promotion.viewed': {
      titles: ['Promotion Viewed', 'View Promotion'],
      description: 'Somebody saw a promotion.',
      ...promotion,
    },
    'promotion.clicked': {
      titles: ['Promotion Clicked', 'Select Promotion'],
      description: 'Somebody clicked on a promotion.',
      ...promotion,
    },
    'coupon.entered': {
      titles: ['Coupon Entered'],
      description: 'Somebody entered a coupon.',
      must: {},
      may: coupon,
      example: { cart_id: 'c-1', coupon_id: 'AUTUMN' },
    },
    'coupon.applied': {
      titles: ['Coupon Applied'],
      description: 'A coupon was accepted.',
      must: {},
      may: { ...coupon, coupon_name, discount },
      example: { order_id: 'o-1', coupon_id: 'AUTUMN', discount: 5 },
    },
    'coupon.denied': {
      titles: ['Coupon Denied'],
      description: 'A coupon was rejected.',
      must: {},
      may: { ...coupon, coupon_name, reason: label('The reason.') },
      example: { order_id: 'o-1', coupon_id: 'AUTUMN', reason: 'expired' },
    },
    'coupon.removed': {
      titles: ['Coupon Removed'],
      description: 'Somebody removed a coupon from the cart or the order.',
      must: {},
      may: { ...coupon, coupon_name, discount },
      example: { cart_id: 'c-1', coupon_id: 'AUTUMN', discount: 5 },
    },
  },
};
