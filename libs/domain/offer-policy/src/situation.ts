import type { CustomerView } from './customer.ts';
import type { Template } from './template.ts';

/** Everything that a decision depends on. Instants are milliseconds since 1970. */
export interface Situation {
  readonly catalogue: readonly Template[];
  readonly customer: CustomerView;
  readonly policy: ContactPolicy;
  readonly cause: Cause;
  readonly now: number;
}

/** The activity of the customer that an offer would answer. */
export interface Cause {
  readonly activityId: string;
  /** As `object.action`, for example `order.completed`. */
  readonly name: string;
  readonly at: number;
  readonly channel: string;
}

/** How often and when a customer may be contacted: at most `most` offers, of all templates together, in any `perDays` days. */
export interface ContactPolicy {
  readonly perDays: number;
  readonly most: number;
  readonly quietHours?: QuietHours;
  /** A cause older than this is history: it makes no offer when it is replayed. */
  readonly staleAfterHours: number;
  /** The share 0..1 of customers who get nothing, so that the effect of offers can be measured. */
  readonly holdoutShare: number;
}

/**
 * Hours of the customer's day, 0..24, from `from` up to but not including `to`; over midnight when `from` is the later.
 * 0 to 24 is the whole day, two equal hours are no time at all.
 */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
  /** The IANA name of the zone in which the customer lives, such as `Europe/Rome`: its clocks change in spring and autumn. */
  readonly timeZone: string;
}
