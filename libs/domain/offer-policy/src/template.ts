import type { Rule, RuleDocument } from '@sestante/rules';
import type { Element } from './element.ts';

/** Economic: a discount, points, a gift. Relational: thanks, an apology, a preview, a call, help. */
export const templateKinds = ['economic', 'relational'] as const;
export type TemplateKind = (typeof templateKinds)[number];

/** The channels in which an offer may reach a customer. */
export const media = ['in-app', 'email', 'push', 'sms', 'store', 'post', 'call'] as const;
export type Medium = (typeof media)[number];

/** An entry of the catalogue as JSON: what may be offered, to whom, when, and its value. `validateTemplate` reads one. */
export interface TemplateDocument {
  /** The name, the same in every version: lower-case, for example `next-order-discount`. */
  readonly template: string;
  /** From 1. */
  readonly version: number;
  readonly kind: TemplateKind;
  /** The element that the offer is meant to raise. */
  readonly element: Element;
  /** The activities that trigger the template, as `object.action`. */
  readonly trigger: { readonly activities: readonly string[] };
  /** The customers who may get the offer, as a rule over `audienceFields`; all if absent. */
  readonly audience?: RuleDocument;
  /** The channels whose activities trigger the template; all if absent. */
  readonly channels?: readonly string[];
  /** How the offer reaches the customer; `in-app` if absent. */
  readonly medium?: Medium;
  /** Whether the offer promotes sales. An economic offer always does. An apology does not; an invitation to see new goods does. */
  readonly commercial: boolean;
  readonly title: string;
  /** Why the customer gets the offer. Contains the placeholder `{activity}`, and may contain `{element}`. */
  readonly reason: string;
  /** The texts for `{activity}` by activity name, written to follow "we noticed that". Without one, the words of the name are used. */
  readonly words?: Readonly<Record<string, string>>;
  readonly terms: string;
  /** Whole days from the instant at which the offer is made. */
  readonly validDays: number;
  /** Expected value for the customer, in units of money. */
  readonly benefit: number;
  /**
   * Expected margin for the retailer, in units of money, after the cost of the offer and over the whole relationship:
   * an offer that costs 2 and saves a relationship with a value of 10 has a margin of 8.
   */
  readonly margin: number;
  /** At most `perCustomer` offers of this template in any `perDays` days. */
  readonly caps: { readonly perCustomer: number; readonly perDays: number };
}

/** An entry of the catalogue: a `TemplateDocument` whose audience was read. */
export type Template = Omit<TemplateDocument, 'audience'> & { readonly audience?: Rule };
