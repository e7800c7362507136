import type { Random } from './random.ts';

/** A product of the simulated shop, with its price in euros. */
export interface Good {
  readonly product_id: string;
  readonly title: string;
  readonly price: number;
}

const goods: readonly [Good, ...Good[]] = [
  { product_id: 'p-101', title: 'wool scarf', price: 39 },
  { product_id: 'p-102', title: 'leather belt', price: 45 },
  { product_id: 'p-103', title: 'linen shirt', price: 59 },
  { product_id: 'p-104', title: 'rain jacket', price: 129 },
  { product_id: 'p-105', title: 'walking shoes', price: 98 },
  { product_id: 'p-106', title: 'coffee pot', price: 34 },
  { product_id: 'p-107', title: 'olive oil, 1 l', price: 14 },
  { product_id: 'p-108', title: 'beeswax candle', price: 12 },
];

export const anyGood = (random: Random): Good => random.pick(goods);

/** The properties of an order, as in Segment's specification. */
export function orderOf(random: Random, orderId: string) {
  const products = Array.from({ length: random.whole(1, 3) }, () => ({
    ...anyGood(random),
    quantity: random.whole(1, 2),
  }));
  const revenue = products.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  return { order_id: orderId, currency: 'EUR', revenue, products };
}
