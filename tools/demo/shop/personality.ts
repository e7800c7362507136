/** A kind of customer: how often and where they visit, and how often something goes well. */
export interface Personality {
  readonly name: string;
  /** The share in percent. */
  readonly share: number;
  readonly visitsPerWeek: number;
  /** The probability of each channel for a visit; the sum is 1. */
  readonly web: number;
  readonly mobile: number;
  readonly store: number;
  /** The probability that something goes well. */
  readonly successRate: number;
  /** The probability of feedback after a visit. */
  readonly opinion: number;
  /** The probability of a coupon. */
  readonly coupons: number;
  /** The probabilities of granting and of denying consent at the sign-up; the others do not answer. */
  readonly yes: number;
  readonly no: number;
}

export const personalities: readonly [Personality, ...Personality[]] = [
  // prettier-ignore
  { name: 'regular', share: 30, visitsPerWeek: 1.6, web: 0.3, mobile: 0.3, store: 0.4, successRate: 0.94, opinion: 0.2, coupons: 0.2, yes: 0.8, no: 0.05 },
  // prettier-ignore
  { name: 'hurried', share: 15, visitsPerWeek: 1.3, web: 0.2, mobile: 0.6, store: 0.2, successRate: 0.75, opinion: 0.05, coupons: 0.05, yes: 0.5, no: 0.2 },
  // prettier-ignore
  { name: 'bargain hunter', share: 15, visitsPerWeek: 1.4, web: 0.3, mobile: 0.3, store: 0.4, successRate: 0.85, opinion: 0.1, coupons: 0.8, yes: 0.9, no: 0 },
  // prettier-ignore
  { name: 'curious', share: 15, visitsPerWeek: 2, web: 0.6, mobile: 0.3, store: 0.1, successRate: 0.9, opinion: 0.4, coupons: 0.1, yes: 0.7, no: 0.1 },
  // prettier-ignore
  { name: 'private', share: 10, visitsPerWeek: 0.9, web: 0.3, mobile: 0.1, store: 0.6, successRate: 0.85, opinion: 0.05, coupons: 0.05, yes: 0.1, no: 0.7 },
  // prettier-ignore
  { name: 'unlucky', share: 15, visitsPerWeek: 1.3, web: 0.4, mobile: 0.3, store: 0.3, successRate: 0.5, opinion: 0.3, coupons: 0.2, yes: 0.6, no: 0.1 },
];

/** The personality of the shopper with this number. Every hundred shoppers have the shares of the table. */
export function personalityOf(index: number): Personality {
  // 37 and 100 are coprime: neighbours differ, and a hundred shoppers use each position once.
  let position = (index * 37) % 100;
  for (const personality of personalities) {
    if (position < personality.share) return personality;
    position -= personality.share;
  }
  return personalities[0];
}
