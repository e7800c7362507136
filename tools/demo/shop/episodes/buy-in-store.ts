import { anyGood, orderOf } from '../goods.ts';
import type { Occurrence } from '../occurrence.ts';
import { minute } from '../time.ts';
import { occurrence, type Visit } from '../visit.ts';

/** A purchase in the store: a queue, a payment with or without a coupon, and sometimes another price than online. */
export function buyInStore(visit: Visit): Occurrence[] {
  const { random, shopper } = visit;
  const { successRate, coupons } = shopper.personality;
  const waited = random.chance(successRate) ? random.whole(0, 4) : random.whole(8, 20);
  const order = orderOf(random, `${shopper.userId}-${visit.at}`);
  const paidMs = (2 + waited) * minute;
  return [
    ...(random.chance((1 - successRate) / 2) ? [difference(visit)] : []),
    occurrence(visit, minute, 'Queue Waited', { minutes: waited }),
    ...(random.chance(coupons) ? [coupon(visit, paidMs)] : []),
    occurrence(visit, paidMs + 1, 'Order Completed', { ...order, store_id: shopper.store }),
  ];
}

/** The price or the stock in the store differs from the online shop. */
function difference(visit: Visit): Occurrence {
  const { random } = visit;
  const { product_id, price } = anyGood(random);
  return random.chance(0.5)
    ? occurrence(visit, 0, 'Price Differed', { product_id, price, expected_price: Math.round(price * 0.9) })
    : occurrence(visit, 0, 'Stock Differed', { product_id });
}

function coupon(visit: Visit, afterMs: number): Occurrence {
  const { random, shopper } = visit;
  const isHonoured = random.chance(shopper.personality.successRate);
  return occurrence(visit, afterMs, isHonoured ? 'Coupon Applied' : 'Coupon Denied', { coupon_id: 'AUTUMN' });
}
