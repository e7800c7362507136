import type { Element } from './element.ts';

/** Economic: a discount, points, a gift. Relational: thanks, an apology, a preview, a call, help. */
export const templateKinds = ['economic', 'relational'] as const;
export type TemplateKind = (typeof templateKinds)[number];

/** An entry of the catalogue: what may be offered, to whom, when, and what it is worth. `validateTemplate` reads one. */
export interface Template {
  /** The name, the same in every version: lower-case, for example `next-order-discount`. */
  readonly template: string;
  /** From 1. */
  readonly version: number;
  readonly kind: TemplateKind;
  /** The element that it is meant to lift. */
  readonly element: Element;
  /** The activities it answers, as `object.action`. */
  readonly trigger: { readonly activities: readonly string[] };
  readonly audience?: Audience;
  /** The channels whose activities it answers; all if absent. */
  readonly channels?: readonly string[];
  /** Whether it sells. An economic offer always does; an apology does not, an invitation to see new goods does. */
  readonly commercial: boolean;
  readonly title: string;
  /** Why the customer gets it, from the customer's own history: says `{activity}`, and may say `{element}`. */
  readonly reason: string;
  /** How the reason says an activity, by its name: a text that follows "we noticed that". Else the name is spelt out. */
  readonly words?: Readonly<Record<string, string>>;
  readonly terms: string;
  /** Whole days from when the offer is made. */
  readonly validDays: number;
  /** Expected worth for the customer, in units of money. */
  readonly benefit: number;
  /**
   * Expected margin for the retailer, in units of money, after the cost of the offer and over the life of the relationship:
   * a gesture that costs two and saves a relationship that is worth ten has a margin of eight.
   */
  readonly margin: number;
  /** At most `perCustomer` offers of this template in any `perDays` days. */
  readonly caps: { readonly perCustomer: number; readonly perDays: number };
}

/** For whom: every condition of `all` holds, and at least one of `any`. */
export interface Audience {
  readonly all?: readonly Condition[];
  readonly any?: readonly Condition[];
}

/** `drop` is how far recent experience is below the bond: above 0 when the customer was disappointed lately, −100..100. */
export const scales = ['bond', 'mood', 'drop'] as const;
export type Scale = (typeof scales)[number];

/** A condition on one score: strictly above one bound, strictly below another, or both. A score not known yet meets none. */
export interface Condition {
  readonly element: Element;
  readonly scale: Scale;
  readonly above?: number;
  readonly below?: number;
}
