import { backend, till } from './device.ts';
import type { Random } from './random.ts';
import { anyGood, orderOf } from './goods.ts';
import type { Occurrence } from './occurrence.ts';
import type { Shopper } from './shopper.ts';
import { second } from './time.ts';
import { occurrence, type Visit } from './visit.ts';

type Moment = (visit: Visit) => Occurrence;

/** Good and bad experiences of today. Sestante may make an offer for each. */
const moments: readonly [Moment, ...Moment[]] = [
  (visit) => occurrence({ ...visit, device: backend('web') }, 0, 'Promise Broken', { promise: 'call back' }),
  (visit) => occurrence({ ...visit, device: till(visit.shopper.store) }, 0, 'Coupon Denied', { coupon_id: 'AUTUMN' }),
  (visit) => {
    const refund = { order_id: `${visit.shopper.userId}-returned`, revenue: 45 };
    return occurrence({ ...visit, device: backend('mobile') }, 0, 'Order Refunded', refund);
  },
  (visit) => occurrence({ ...visit, device: backend('web') }, 0, 'Reward Expired', { points: 300 }),
  (visit) =>
    occurrence({ ...visit, device: visit.shopper.phone }, 0, 'Product Reviewed', {
      ...anyGood(visit.random),
      rating: 5,
    }),
  (visit) => occurrence({ ...visit, device: backend('service') }, 0, 'Thanks Received'),
  (visit) => occurrence(visit, 0, 'Order Completed', orderOf(visit.random, `${visit.shopper.userId}-today`)),
];

/** One experience for each of these shoppers, in the last minute before `now`. */
export function todayOf(shoppers: readonly Shopper[], now: number, random: Random): Occurrence[] {
  return shoppers.map((shopper) => {
    const visit: Visit = { shopper, device: shopper.browser, at: now - random.between(1, 60) * second, random };
    return random.pick(moments)(visit);
  });
}
