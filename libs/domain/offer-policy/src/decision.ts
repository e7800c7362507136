import type { Element } from './element.ts';
import type { TemplateKind } from './template.ts';

/** The result of a decision with its reasons, for an offer and for no deal. */
export interface Decision {
  readonly result: 'offer' | 'no-deal';
  /** Every template of the catalogue, in its order. */
  readonly candidates: readonly Candidate[];
  /** The offer to the customer. Present only if the result is `offer`. */
  readonly offer?: Offer;
  /** Why there is no deal, as sentences, at least one. Empty if the result is `offer`. */
  readonly reasons: readonly string[];
}

/** A template considered for one customer. */
export interface Candidate {
  readonly template: string;
  readonly version: number;
  /** The verdicts of the gates: of all of them, or only of the trigger if the cause does not trigger the template. */
  readonly gates: readonly Verdict[];
  readonly chosen: boolean;
}

/** The result of one gate for one template. */
export interface Verdict {
  readonly gate: string;
  readonly passed: boolean;
  /** A sentence for people, also if the gate passed. */
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
  /** The first instant at which the offer is no longer valid. */
  readonly endsAt: number;
}
