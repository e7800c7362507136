import type { Element } from './element.ts';
import type { TemplateKind } from './template.ts';

/** What was decided, and why: "why not" is answered as exactly as "why". */
export interface Decision {
  readonly result: 'offer' | 'no-deal';
  /** Every template of the catalogue, in its order. */
  readonly candidates: readonly Candidate[];
  /** What the customer gets; only if the result is an offer. */
  readonly offer?: Offer;
  /** Why there is no deal, in words, at least one; empty if the result is an offer. */
  readonly reasons: readonly string[];
}

/** A template considered for one customer. */
export interface Candidate {
  readonly template: string;
  readonly version: number;
  /** The gates it was put through: only the trigger if that does not fit, else all of them. */
  readonly gates: readonly Verdict[];
  readonly chosen: boolean;
}

/** What one gate says about one template. */
export interface Verdict {
  readonly gate: string;
  readonly passed: boolean;
  /** In words, whether passed or not. */
  readonly reason: string;
}

/** A promise to one customer. Instants are milliseconds since 1970. */
export interface Offer {
  readonly template: string;
  readonly version: number;
  readonly kind: TemplateKind;
  readonly element: Element;
  readonly title: string;
  /** The template's reason, with its placeholders filled in. */
  readonly reason: string;
  readonly terms: string;
  readonly madeAt: number;
  /** The first instant at which it is no longer valid. */
  readonly endsAt: number;
}
