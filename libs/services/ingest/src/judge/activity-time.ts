import { hasRealDay } from '@sestante/contracts';
import { furthestAheadMs } from './limits.ts';
import type { TrackingEvent } from './tracking-event.ts';

export type ActivityTime =
  { readonly at: Date } | { readonly code: 'timestamp-invalid' | 'timestamp-in-future'; readonly reason: string };

/** When events came in, and what their sender says of all of them. */
export interface Reception {
  readonly receivedAt: Date;
  readonly sentAt?: unknown;
  /** Stands where an event has none of its own. Without it, a random one does. */
  readonly messageId?: string | undefined;
}

/**
 * When the activity happened by our clock. The device's clock may be wrong, but its difference between sending and happening is right:
 * `receivedAt − (sentAt − originalTimestamp)`. Without `sentAt` the time given stands; without a time it is `receivedAt`.
 */
export function activityTime(event: TrackingEvent, { receivedAt, sentAt }: Reception): ActivityTime {
  const given = event.originalTimestamp ?? event.timestamp;
  if (given === undefined || given === null) return { at: receivedAt };
  const [happened, sent] = [instant(given), instant(event.sentAt ?? sentAt)];
  if (happened === undefined) return { code: 'timestamp-invalid', reason: 'timestamp is not an instant in ISO 8601' };
  const at = sent === undefined ? happened : receivedAt.getTime() - (sent - happened);
  if (at - receivedAt.getTime() > furthestAheadMs) {
    return { code: 'timestamp-in-future', reason: 'timestamp lies more than 24 hours ahead' };
  }
  const date = new Date(at);
  if (!(date.getUTCFullYear() >= 1)) return { code: 'timestamp-invalid', reason: 'timestamp lies before the year 1' };
  return { at: date };
}

/** Day, time and offset of an instant in ISO 8601. `Date.parse` alone would find one in "Order 12", too. */
const iso8601 = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?)?$/;

/** In milliseconds since 1970. Without an offset it is in UTC, wherever this server stands. */
function instant(value: unknown): number | undefined {
  const match = typeof value === 'string' ? iso8601.exec(value) : null;
  if (!match || !hasRealDay(match[1]!)) return undefined;
  const [, day, time = '00:00', offset = 'Z'] = match;
  const parsed = Date.parse(`${day}T${time}${offset}`);
  return Number.isNaN(parsed) ? undefined : parsed;
}
