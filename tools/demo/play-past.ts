import { drained } from '../sestante/stats.ts';
import { count, type StatusLine } from '../sestante/status-line.ts';
import type { Target } from '../sestante/target.ts';
import { send } from './send.ts';
import type { Happening } from './shop/happening.ts';
import type { Shop } from './shop/simulate.ts';
import { week } from './shop/time.ts';
import { shares } from './story/channels.ts';
import { paint } from './story/paint.ts';
import { dayOf } from './story/words.ts';

/**
 * Plays the past week by week. Each week waits until the one before it is understood: whoever was a stranger in the one week and signs in
 * in the next is then known to be the same.
 */
export async function playPast(target: Target, { past, span }: Shop, line: StatusLine): Promise<void> {
  const onTrouble = (reason?: string) => line.show(reason ? `  no answer (${reason}), trying again` : '  …');
  for (let from = span.from; from < span.until; from += week) {
    const happenings = past.filter(({ at }) => at >= from && at < from + week);
    line.show(`  week of ${dayOf(from)} …`);
    await send(target, happenings, onTrouble);
    await drained(target, { pollMs: 60, onTrouble });
    line.say(
      `  ${dayOf(from).padStart(12)}  ${count(happenings.length).padStart(4)} events  ${shares(happenings.map(({ device }) => device.channel))}  ${mishaps(happenings)}`,
    );
  }
}

const mishapNames: Readonly<Record<string, readonly [one: string, many: string]>> = {
  'Promise Broken': ['broken promise', 'broken promises'],
  'Coupon Denied': ['refused coupon', 'refused coupons'],
  'Price Differed': ['wrong price', 'wrong prices'],
  'Order Refunded': ['refund', 'refunds'],
  'Complaint Received': ['complaint', 'complaints'],
  'Thanks Received': ['thank-you', 'thank-yous'],
  'Product Reviewed': ['review', 'reviews'],
};

/** The first two things of the list that happened in the week. */
function mishaps(happenings: readonly Happening[]): string {
  const parts = Object.entries(mishapNames).flatMap(([what, [one, many]]) => {
    const times = happenings.filter((happening) => happening.what === what).length;
    return times > 0 ? [`${times} ${times === 1 ? one : many}`] : [];
  });
  return paint('dim', parts.slice(0, 2).join(', '));
}
