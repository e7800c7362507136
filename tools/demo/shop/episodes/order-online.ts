import { backend } from '../device.ts';
import { orderOf } from '../goods.ts';
import type { Occurrence } from '../occurrence.ts';
import { day, minute } from '../time.ts';
import { occurrence, type Visit } from '../visit.ts';
import { browse } from './browse.ts';

/** An order with its delivery, which arrives on the promised day or later. */
export function orderOnline(visit: Visit): Occurrence[] {
  const { random, shopper } = visit;
  const isFast = random.chance(shopper.personality.successRate);
  const durationSeconds = isFast ? random.whole(40, 150) : random.whole(300, 700);
  const order = orderOf(random, `${shopper.userId}-${visit.at}`);
  const paidMs = 3 * minute + durationSeconds * 1_000;
  return [
    ...browse(visit),
    occurrence(visit, paidMs, 'Checkout Completed', { order_id: order.order_id, duration_seconds: durationSeconds }),
    occurrence(visit, paidMs + 1, 'Order Completed', order),
    ...delivery(visit, order.order_id),
  ];
}

function delivery(visit: Visit, order_id: string): Occurrence[] {
  const { random, device, shopper } = visit;
  const daysLate = random.chance(shopper.personality.successRate) ? 0 : random.whole(1, 5);
  const parcel: Visit = { ...visit, device: backend(device.channel) };
  const afterMs = (2 + daysLate) * day;
  return [
    occurrence(parcel, afterMs, 'Delivery Arrived', { order_id, days_late: daysLate }),
    ...(daysLate > 1 ? [occurrence(parcel, afterMs + 1, 'Promise Broken', { order_id, promise: 'delivery day' })] : []),
    ...(daysLate === 0 ? [occurrence(parcel, afterMs + 1, 'Promise Kept', { order_id, promise: 'delivery day' })] : []),
  ];
}
