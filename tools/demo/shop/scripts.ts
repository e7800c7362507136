import { backend, till } from './device.ts';
import type { Random } from './random.ts';
import { orderOf } from './goods.ts';
import type { Occurrence } from './occurrence.ts';
import type { Shopper } from './shopper.ts';
import { day, minute } from './time.ts';
import { occurrence, type Visit } from './visit.ts';

/** One line of a script: the days after the sign-up, the place, and the event. */
type Line = readonly [days: number, where: 'web' | 'app' | 'store' | 'call', what: string, properties?: object];

const consented = { offers: true, personalisation: true };

/** Giulia has had good experiences for weeks, on every channel. Her bad day is `giuliasBadDay`. */
const giuliasScript: readonly Line[] = [
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

/** Marco has consented to offers, and has payment difficulties. */
const marcosScript: readonly Line[] = [
  [0, 'web', 'identify'],
  [0, 'web', 'Consent Updated', consented],
  [9, 'web', 'Order Completed'],
  [11, 'web', 'Delivery Arrived', { days_late: 0 }],
  [18, 'store', 'Queue Waited', { minutes: 3 }],
  [18, 'store', 'Order Completed'],
  [30, 'web', 'Order Completed'],
  [36, 'call', 'payment.difficulty_reported'],
];

export const giuliasPast = (giulia: Shopper, random: Random): Occurrence[] =>
  occurrencesOf(giulia, giuliasScript, random);
export const marcosPast = (marco: Shopper, random: Random): Occurrence[] => occurrencesOf(marco, marcosScript, random);

/** The parcel arrives now, three days late. */
export function giuliasBadDay(giulia: Shopper, now: number, random: Random): Occurrence[] {
  const parcel: Visit = { shopper: giulia, device: backend('web'), at: now, random };
  return [
    occurrence(parcel, -minute, 'Delivery Arrived', { days_late: 3 }),
    occurrence(parcel, -1, 'Promise Broken', { promise: 'delivery day' }),
  ];
}

/** Marco returns his last order. */
export function marcosRefund(marco: Shopper, now: number, random: Random): Occurrence[] {
  const lastOrder = marcosScript.findLastIndex(([, , what]) => what === 'Order Completed');
  const visit: Visit = { shopper: marco, device: till(marco.store), at: now, random };
  return [occurrence(visit, -1, 'Order Refunded', { order_id: orderIdOf(marco, lastOrder), revenue: 59 })];
}

const orderIdOf = ({ userId }: Shopper, line: number) => `${userId}-${line}`;

function occurrencesOf(shopper: Shopper, script: readonly Line[], random: Random): Occurrence[] {
  return script.map(([days, where, what, properties], index) => {
    const at = shopper.signedUpAt + days * day + index * minute;
    const order = what === 'Order Completed' ? orderOf(random, orderIdOf(shopper, index)) : {};
    return occurrence({ shopper, device: deviceOf(where, what, shopper), at, random }, 0, what, {
      ...order,
      ...properties,
    });
  });
}

/** The browser or the app sends its own events; the servers of the shop send deliveries and promises. */
function deviceOf(where: Line[1], what: string, { browser, phone, store }: Shopper) {
  if (where === 'store') return till(store);
  if (where === 'call') return backend('service');
  const isFromShop = what.startsWith('Delivery') || what.startsWith('Promise');
  if (isFromShop) return backend(where === 'web' ? 'web' : 'mobile');
  return where === 'web' ? browser : phone;
}
