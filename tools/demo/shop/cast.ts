import { backend, till } from './device.ts';
import type { Dice } from './dice.ts';
import { orderOf } from './goods.ts';
import type { Happening } from './happening.ts';
import type { Shopper } from './shopper.ts';
import { day, minute } from './time.ts';
import { happens, type Visit } from './visit.ts';

/** One line of a part: how many days after the sign-up, where, what. */
type Line = readonly [days: number, where: 'web' | 'app' | 'store' | 'call', what: string, properties?: object];

const consented = { offers: true, personalisation: true };

/** Giulia has been content for weeks, on every channel. Her bad day is `giuliasBadDay`. */
const giuliasPart: readonly Line[] = [
  [-6, 'web', 'page', { title: 'Home' }],
  [-6, 'web', 'Product Viewed', { product_id: 'p-104', title: 'rain jacket', price: 129 }],
  [0, 'web', 'identify'],
  [0, 'web', 'Consent Updated', consented],
  [7, 'app', 'identify'],
  [7.2, 'web', 'Checkout Completed', { duration_seconds: 75 }],
  [7.2, 'web', 'Order Completed'],
  [9, 'web', 'Delivery Arrived', { days_late: 0 }],
  [9, 'web', 'Promise Kept', { promise: 'delivery day' }],
  [10, 'web', 'Product Reviewed', { product_id: 'p-104', rating: 5 }],
  [14, 'app', 'Recommendation Clicked', { product_id: 'p-101' }],
  [14, 'app', 'Checkout Completed', { duration_seconds: 50 }],
  [14, 'app', 'Order Completed'],
  [16, 'app', 'Delivery Arrived', { days_late: 0 }],
  [16, 'app', 'Promise Kept', { promise: 'delivery day' }],
  [20, 'store', 'Queue Waited', { minutes: 2 }],
  [20, 'store', 'Price Differed', { product_id: 'p-106', price: 34, expected_price: 29 }],
  [20, 'store', 'Order Completed'],
  [26, 'app', 'Recommendation Clicked', { product_id: 'p-105' }],
  [26, 'app', 'Order Completed'],
  [28, 'app', 'Delivery Arrived', { days_late: 0 }],
  [28, 'app', 'Promise Kept', { promise: 'delivery day' }],
  [33, 'call', 'Thanks Received'],
  [38, 'store', 'Coupon Applied', { coupon_id: 'AUTUMN' }],
  [38, 'store', 'Order Completed'],
  [43, 'web', 'Checkout Completed', { duration_seconds: 90 }],
  [43, 'web', 'Order Completed'],
];

/** Marco has said yes to offers, and has lost his job. */
const marcosPart: readonly Line[] = [
  [0, 'web', 'identify'],
  [0, 'web', 'Consent Updated', consented],
  [9, 'web', 'Order Completed'],
  [11, 'web', 'Delivery Arrived', { days_late: 0 }],
  [18, 'store', 'Queue Waited', { minutes: 3 }],
  [18, 'store', 'Order Completed'],
  [30, 'web', 'Order Completed'],
  [36, 'call', 'payment.difficulty_reported'],
];

export const giuliasPast = (giulia: Shopper, dice: Dice): Happening[] => played(giulia, giuliasPart, dice);
export const marcosPast = (marco: Shopper, dice: Dice): Happening[] => played(marco, marcosPart, dice);

/** The parcel that was promised for three days ago comes now. */
export function giuliasBadDay(giulia: Shopper, now: number, dice: Dice): Happening[] {
  const parcel: Visit = { shopper: giulia, device: backend('web'), at: now, dice };
  return [
    happens(parcel, -minute, 'Delivery Arrived', { days_late: 3 }),
    happens(parcel, -1, 'Promise Broken', { promise: 'delivery day' }),
  ];
}

/** He brings the last thing back, because he needs the money. */
export function marcosRefund(marco: Shopper, now: number, dice: Dice): Happening[] {
  const lastOrder = marcosPart.findLastIndex(([, , what]) => what === 'Order Completed');
  const visit: Visit = { shopper: marco, device: till(marco.store), at: now, dice };
  return [happens(visit, -1, 'Order Refunded', { order_id: orderIdOf(marco, lastOrder), revenue: 59 })];
}

const orderIdOf = ({ userId }: Shopper, line: number) => `${userId}-${line}`;

function played(shopper: Shopper, part: readonly Line[], dice: Dice): Happening[] {
  return part.map(([days, where, what, properties], index) => {
    const at = shopper.signedUpAt + days * day + index * minute;
    const order = what === 'Order Completed' ? orderOf(dice, orderIdOf(shopper, index)) : {};
    return happens({ shopper, device: deviceOf(where, what, shopper), at, dice }, 0, what, { ...order, ...properties });
  });
}

/** The installation speaks for itself; what only the shop can know comes from its servers. */
function deviceOf(where: Line[1], what: string, { browser, phone, store }: Shopper) {
  if (where === 'store') return till(store);
  if (where === 'call') return backend('service');
  const isOfTheShop = what.startsWith('Delivery') || what.startsWith('Promise');
  if (isOfTheShop) return backend(where === 'web' ? 'web' : 'mobile');
  return where === 'web' ? browser : phone;
}
