import type { Element } from './element.ts';
import type { TemplateKind } from './template.ts';

/** What a decision knows about a customer. Instants are milliseconds since 1970. */
export interface CustomerView {
  readonly customerId: string;
  readonly scores: Readonly<Record<Element, ElementScore>>;
  readonly consent: {
    /** To the use of the own scores for choosing offers. */
    readonly personalisation: Consent;
    /** To being contacted with offers. */
    readonly offers: Consent;
  };
  /** Cannot pay at the moment: is helped, and sold nothing. */
  readonly inDifficulty: boolean;
  /** An apology is due that has not been closed. */
  readonly openApology: boolean;
  /** The offers of at least the longest period of the contact policy and of all caps, in any order. */
  readonly offersMade: readonly OfferMade[];
}

/** Scores 0..100, null without evidence; confidence 0..1. */
export interface ElementScore {
  readonly bond: number | null;
  readonly mood: number | null;
  /** How far recent experience is below the bond, −100..100: above 0 when the customer was disappointed lately. Null or absent when not known. */
  readonly drop?: number | null;
  readonly confidence: number;
}

/** `unknown`: there is no record, which is not a yes. */
export type Consent = 'granted' | 'denied' | 'unknown';

export interface OfferMade {
  readonly template: string;
  readonly kind: TemplateKind;
  readonly madeAt: number;
}
