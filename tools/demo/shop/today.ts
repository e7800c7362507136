import { backend, till } from './device.ts';
import type { Dice } from './dice.ts';
import { anyGood, orderOf } from './goods.ts';
import type { Happening } from './happening.ts';
import type { Shopper } from './shopper.ts';
import { second } from './time.ts';
import { happens, type Visit } from './visit.ts';

type Moment = (visit: Visit) => Happening;

/** What somebody may meet today, good and bad; Sestante may answer each of them with an offer. */
const moments: readonly [Moment, ...Moment[]] = [
  (visit) => happens({ ...visit, device: backend('web') }, 0, 'Promise Broken', { promise: 'call back' }),
  (visit) => happens({ ...visit, device: till(visit.shopper.store) }, 0, 'Coupon Denied', { coupon_id: 'AUTUMN' }),
  (visit) => {
    const refund = { order_id: `${visit.shopper.userId}-returned`, revenue: 45 };
    return happens({ ...visit, device: backend('mobile') }, 0, 'Order Refunded', refund);
  },
  (visit) => happens({ ...visit, device: backend('web') }, 0, 'Reward Expired', { points: 300 }),
  (visit) =>
    happens({ ...visit, device: visit.shopper.phone }, 0, 'Product Reviewed', { ...anyGood(visit.dice), rating: 5 }),
  (visit) => happens({ ...visit, device: backend('service') }, 0, 'Thanks Received'),
  (visit) => happens(visit, 0, 'Order Completed', orderOf(visit.dice, `${visit.shopper.userId}-today`)),
];

/** Something happens to each of these shoppers in the last minute before `now`. */
export function todayOf(shoppers: readonly Shopper[], now: number, dice: Dice): Happening[] {
  return shoppers.map((shopper) => {
    const visit: Visit = { shopper, device: shopper.browser, at: now - dice.between(1, 60) * second, dice };
    return dice.pick(moments)(visit);
  });
}
