import type { CustomerView } from './customer.ts';
import type { Template, TemplateKind } from './template.ts';

/** Everything that a decision depends on. Instants are milliseconds since 1970. */
export interface Situation {
  readonly catalogue: readonly Template[];
  readonly customer: CustomerView;
  readonly policy: ContactPolicy;
  readonly cause: Cause;
  readonly now: number;
}

/** The activity of the customer that leads to the decision. */
export interface Cause {
  readonly activityId: string;
  /** As `object.action`, for example `order.completed`. */
  readonly name: string;
  readonly at: number;
  readonly channel: string;
  /** As the source has sent them: JSON values of any type. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** The kinds of template that it may lead to, by who vouches for it. */
  readonly mayCause: readonly TemplateKind[];
}

/** How often and when a customer may be contacted: at most `most` offers, of all templates together, in any `perDays` days. */
export interface ContactPolicy {
  readonly perDays: number;
  readonly most: number;
  readonly quietHours?: QuietHours;
  /** A cause older than this makes no offer, for example in a replay. */
  readonly staleAfterHours: number;
  /** The share 0..1 of customers who get no offers, so that the effect of offers can be measured. */
  readonly holdoutShare: number;
}

/**
 * Hours of the local day, 0..24, from `from` up to but not including `to`; over midnight if `from` is later than `to`.
 * 0 to 24 is the whole day. Two equal hours mean no quiet hours.
 */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
  /** The IANA name of the time zone, such as `Europe/Rome`. It includes daylight saving time, which an offset does not. */
  readonly timeZone: string;
}
