import { drained } from '../sestante/stats.ts';
import { count, type StatusLine } from '../sestante/status-line.ts';
import type { Target } from '../sestante/target.ts';
import { send } from './send.ts';
import type { Occurrence } from './shop/occurrence.ts';
import type { Shop } from './shop/simulate.ts';
import { week } from './shop/time.ts';
import { shares } from './story/channels.ts';
import { paint } from './story/paint.ts';
import { dayOf } from './story/format.ts';

/**
 * Sends the past week by week. Each week waits until the previous one is processed, so that a person who signs in after an anonymous
 * week is recognised.
 */
export async function playPast(target: Target, { past, span }: Shop, line: StatusLine): Promise<void> {
  const onError = (reason?: string) => line.show(reason ? `  no response (${reason}), retrying` : '  …');
  for (let from = span.from; from < span.until; from += week) {
    const occurrences = past.filter(({ at }) => at >= from && at < from + week);
    line.show(`  week of ${dayOf(from)} …`);
    await send(target, occurrences, onError);
    await drained(target, { pollMs: 60, onError });
    line.print(
      `  ${dayOf(from).padStart(12)}  ${count(occurrences.length).padStart(4)} events  ${shares(occurrences.map(({ device }) => device.channel))}  ${incidents(occurrences)}`,
    );
  }
}

const incidentNames: Readonly<Record<string, readonly [one: string, many: string]>> = {
  'Promise Broken': ['broken promise', 'broken promises'],
  'Coupon Denied': ['refused coupon', 'refused coupons'],
  'Price Differed': ['wrong price', 'wrong prices'],
  'Order Refunded': ['refund', 'refunds'],
  'Complaint Received': ['complaint', 'complaints'],
  'Thanks Received': ['thank-you', 'thank-yous'],
  'Product Reviewed': ['review', 'reviews'],
};

/** The first two kinds of incidents of the list in the week. */
function incidents(occurrences: readonly Occurrence[]): string {
  const parts = Object.entries(incidentNames).flatMap(([what, [one, many]]) => {
    const times = occurrences.filter((one) => one.what === what).length;
    return times > 0 ? [`${times} ${times === 1 ? one : many}`] : [];
  });
  return paint('dim', parts.slice(0, 2).join(', '));
}
