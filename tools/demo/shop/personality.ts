/** What sort of customer somebody is: how often they come, where, and how well it tends to go. */
export interface Personality {
  readonly name: string;
  /** How many of a hundred are like this. */
  readonly share: number;
  readonly visitsPerWeek: number;
  /** How likely a visit is in each channel; together 1. */
  readonly web: number;
  readonly mobile: number;
  readonly store: number;
  /** The probability that something goes as it should. */
  readonly luck: number;
  /** The probability, after a visit, of saying what they think of it. */
  readonly opinion: number;
  /** The probability of a coupon in the hand. */
  readonly coupons: number;
  /** The probability of saying yes to offers when they are asked, and of saying no; the others never answer. */
  readonly yes: number;
  readonly no: number;
}

export const personalities: readonly [Personality, ...Personality[]] = [
  // prettier-ignore
  { name: 'regular', share: 30, visitsPerWeek: 1.6, web: 0.3, mobile: 0.3, store: 0.4, luck: 0.94, opinion: 0.2, coupons: 0.2, yes: 0.8, no: 0.05 },
  // prettier-ignore
  { name: 'hurried', share: 15, visitsPerWeek: 1.3, web: 0.2, mobile: 0.6, store: 0.2, luck: 0.75, opinion: 0.05, coupons: 0.05, yes: 0.5, no: 0.2 },
  // prettier-ignore
  { name: 'bargain hunter', share: 15, visitsPerWeek: 1.4, web: 0.3, mobile: 0.3, store: 0.4, luck: 0.85, opinion: 0.1, coupons: 0.8, yes: 0.9, no: 0 },
  // prettier-ignore
  { name: 'curious', share: 15, visitsPerWeek: 2, web: 0.6, mobile: 0.3, store: 0.1, luck: 0.9, opinion: 0.4, coupons: 0.1, yes: 0.7, no: 0.1 },
  // prettier-ignore
  { name: 'private', share: 10, visitsPerWeek: 0.9, web: 0.3, mobile: 0.1, store: 0.6, luck: 0.85, opinion: 0.05, coupons: 0.05, yes: 0.1, no: 0.7 },
  // prettier-ignore
  { name: 'unlucky', share: 15, visitsPerWeek: 1.3, web: 0.4, mobile: 0.3, store: 0.3, luck: 0.5, opinion: 0.3, coupons: 0.2, yes: 0.6, no: 0.1 },
];

/** The personality of the shopper with this number, so that every hundred are shared out as the table says. */
export function personalityOf(index: number): Personality {
  // 37 and 100 have no factor in common: neighbours differ, and after a hundred every place was met once.
  let place = (index * 37) % 100;
  for (const personality of personalities) {
    if (place < personality.share) return personality;
    place -= personality.share;
  }
  return personalities[0];
}
