import type { Element } from './element.ts';
import type { Medium, TemplateKind } from './template.ts';

/** The data about a customer that a decision uses. Instants are milliseconds since 1970. */
export interface CustomerView {
  readonly customerId: string;
  readonly scores: Readonly<Record<Element, ElementScore>>;
  /** 0..100; null without evidence. */
  readonly overall: number | null;
  readonly consent: {
    /** Consent to the use of the customer's scores to choose offers. */
    readonly personalisation: Consent;
    /** Consent to contact with offers. */
    readonly offers: Consent;
    /** Consent to be part of measurements of the effect of offers. */
    readonly measurement: Consent;
  };
  /** The consents to contact by channel, such as `in-app`. Unknown if absent. */
  readonly channels: Readonly<Partial<Record<Medium, Consent>>>;
  /** What the customer decided about contact. */
  readonly wishes: ContactWishes;
  /** The customer cannot pay at the moment: no commercial offers. */
  readonly inDifficulty: boolean;
  /** An apology to the customer is due. */
  readonly openApology: boolean;
  /** The offers made in at least the longest period of the contact policy and of all caps, in any order. */
  readonly offersMade: readonly OfferMade[];
}

/** The customer's own contact policy. What is absent was never set; the contact policy of the shop applies beside it. */
export interface ContactWishes {
  /** The IANA name of the customer's time zone. */
  readonly timeZone?: string;
  /** Hours of the customer's day without offers, as in `QuietHours`. */
  readonly quietHours?: { readonly from: number; readonly to: number };
  /** At most `most` offers, of all templates together, in any `perDays` days. */
  readonly budget?: { readonly most: number; readonly perDays: number };
  /** Offers are welcome again from this instant (milliseconds since 1970), or from the beginning of this day (`2026-12-24`) in the customer's time zone. */
  readonly pausedUntil?: number | string;
}

/** Scores 0..100, null without evidence; confidence 0..1. */
export interface ElementScore {
  readonly bond: number | null;
  readonly mood: number | null;
  /** How far recent experience is below the bond, −100..100: above 0 after a recent disappointment. Null or absent if unknown. */
  readonly drop?: number | null;
  readonly confidence: number;
}

/** `unknown`: there is no record. It does not count as granted. */
export type Consent = 'granted' | 'denied' | 'unknown';

export interface OfferMade {
  readonly template: string;
  readonly kind: TemplateKind;
  readonly madeAt: number;
}
