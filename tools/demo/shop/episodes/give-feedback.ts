import { backend } from '../device.ts';
import { anyGood } from '../goods.ts';
import type { Occurrence } from '../occurrence.ts';
import { day, hour } from '../time.ts';
import { occurrence, type Visit } from '../visit.ts';

/** Gives feedback: thanks, a review, a survey, or a complaint with its results. `orderId` is the order of the visit, if any. */
export function giveFeedback(visit: Visit, orderId: unknown): Occurrence[] {
  const { random, shopper } = visit;
  const isContent = random.chance(shopper.personality.successRate);
  const rating = isContent ? random.whole(4, 5) : random.whole(1, 3);
  const later: Visit = { ...visit, at: visit.at + random.between(1, 3) * day };
  const atCallCentre: Visit = { ...later, device: backend('service') };
  const kinds = [
    () => [occurrence(later, 0, 'Product Reviewed', { ...anyGood(random), rating })],
    () => [occurrence(later, 0, 'Survey Answered', { survey: 'autumn', rating })],
    () => (isContent ? [occurrence(atCallCentre, 0, 'Thanks Received')] : complain(atCallCentre, orderId)),
  ] as const;
  return random.pick(kinds)();
}

function complain(visit: Visit, order_id: unknown): Occurrence[] {
  const { random } = visit;
  const minutes = random.whole(5, 2_000);
  const answered = minutes * 60_000;
  return [
    occurrence(visit, 0, 'Complaint Received'),
    occurrence(visit, 1, 'Contact Opened'),
    occurrence(visit, answered, 'Contact Resolved', { minutes }),
    ...(random.chance(0.3) ? [occurrence(visit, answered + 5 * hour, 'Answer Differed')] : []),
    ...(random.chance(0.3) ? [occurrence(visit, answered + day, 'Contact Reopened')] : []),
    ...(order_id && random.chance(0.4) ? [occurrence(visit, answered + 2 * day, 'Order Refunded', { order_id })] : []),
  ];
}
