import { backend } from '../device.ts';
import { anyGood } from '../goods.ts';
import type { Happening } from '../happening.ts';
import { day, hour } from '../time.ts';
import { happens, type Visit } from '../visit.ts';

/** Says what they think: thanks, a review, a survey, or a complaint and what became of it; `orderId` is of what they bought, if anything. */
export function sayOpinion(visit: Visit, orderId: unknown): Happening[] {
  const { dice, shopper } = visit;
  const isContent = dice.chance(shopper.personality.luck);
  const rating = isContent ? dice.whole(4, 5) : dice.whole(1, 3);
  const later: Visit = { ...visit, at: visit.at + dice.between(1, 3) * day };
  const atCallCentre: Visit = { ...later, device: backend('service') };
  const ways = [
    () => [happens(later, 0, 'Product Reviewed', { ...anyGood(dice), rating })],
    () => [happens(later, 0, 'Survey Answered', { survey: 'autumn', rating })],
    () => (isContent ? [happens(atCallCentre, 0, 'Thanks Received')] : complain(atCallCentre, orderId)),
  ] as const;
  return dice.pick(ways)();
}

function complain(visit: Visit, order_id: unknown): Happening[] {
  const { dice } = visit;
  const minutes = dice.whole(5, 2_000);
  const answered = minutes * 60_000;
  return [
    happens(visit, 0, 'Complaint Received'),
    happens(visit, 1, 'Contact Opened'),
    happens(visit, answered, 'Contact Resolved', { minutes }),
    ...(dice.chance(0.3) ? [happens(visit, answered + 5 * hour, 'Answer Differed')] : []),
    ...(dice.chance(0.3) ? [happens(visit, answered + day, 'Contact Reopened')] : []),
    ...(order_id && dice.chance(0.4) ? [happens(visit, answered + 2 * day, 'Order Refunded', { order_id })] : []),
  ];
}
