import { anyGood, orderOf } from '../goods.ts';
import type { Happening } from '../happening.ts';
import { minute } from '../time.ts';
import { happens, type Visit } from '../visit.ts';

/** Goes to the store: stands in a queue, pays, with a coupon or without, and may meet another price than on the screen. */
export function buyInStore(visit: Visit): Happening[] {
  const { dice, shopper } = visit;
  const { luck, coupons } = shopper.personality;
  const waited = dice.chance(luck) ? dice.whole(0, 4) : dice.whole(8, 20);
  const order = orderOf(dice, `${shopper.userId}-${visit.at}`);
  const paidMs = (2 + waited) * minute;
  return [
    ...(dice.chance((1 - luck) / 2) ? [surprise(visit)] : []),
    happens(visit, minute, 'Queue Waited', { minutes: waited }),
    ...(dice.chance(coupons) ? [coupon(visit, paidMs)] : []),
    happens(visit, paidMs + 1, 'Order Completed', { ...order, store_id: shopper.store }),
  ];
}

/** What was said on the screen does not hold in the store. */
function surprise(visit: Visit): Happening {
  const { dice } = visit;
  const { product_id, price } = anyGood(dice);
  return dice.chance(0.5)
    ? happens(visit, 0, 'Price Differed', { product_id, price, expected_price: Math.round(price * 0.9) })
    : happens(visit, 0, 'Stock Differed', { product_id });
}

function coupon(visit: Visit, afterMs: number): Happening {
  const { dice, shopper } = visit;
  const isHonoured = dice.chance(shopper.personality.luck);
  return happens(visit, afterMs, isHonoured ? 'Coupon Applied' : 'Coupon Denied', { coupon_id: 'AUTUMN' });
}
