import { backend } from '../device.ts';
import { orderOf } from '../goods.ts';
import type { Happening } from '../happening.ts';
import { day, minute } from '../time.ts';
import { happens, type Visit } from '../visit.ts';
import { browse } from './browse.ts';

/** Orders, and waits for the parcel: it was promised for a day, and comes on that day or later. */
export function orderOnline(visit: Visit): Happening[] {
  const { dice, shopper } = visit;
  const isSwift = dice.chance(shopper.personality.luck);
  const durationSeconds = isSwift ? dice.whole(40, 150) : dice.whole(300, 700);
  const order = orderOf(dice, `${shopper.userId}-${visit.at}`);
  const paidMs = 3 * minute + durationSeconds * 1_000;
  return [
    ...browse(visit),
    happens(visit, paidMs, 'Checkout Completed', { order_id: order.order_id, duration_seconds: durationSeconds }),
    happens(visit, paidMs + 1, 'Order Completed', order),
    ...delivery(visit, order.order_id),
  ];
}

function delivery(visit: Visit, order_id: string): Happening[] {
  const { dice, device, shopper } = visit;
  const daysLate = dice.chance(shopper.personality.luck) ? 0 : dice.whole(1, 5);
  const parcel: Visit = { ...visit, device: backend(device.channel) };
  const afterMs = (2 + daysLate) * day;
  return [
    happens(parcel, afterMs, 'Delivery Arrived', { order_id, days_late: daysLate }),
    ...(daysLate > 1 ? [happens(parcel, afterMs + 1, 'Promise Broken', { order_id, promise: 'delivery day' })] : []),
    ...(daysLate === 0 ? [happens(parcel, afterMs + 1, 'Promise Kept', { order_id, promise: 'delivery day' })] : []),
  ];
}
