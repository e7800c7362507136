import { days } from '../decay.ts';
import type { Rhythm } from './rhythm.ts';

/** The purchases of a customer. Instants in milliseconds since 1970. */
export interface PurchaseHistory {
  /** At least 1. */
  readonly purchases: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** How unusual it is that a customer has bought nothing since the last purchase. */
export interface Silence {
  readonly purchases: number;
  /** The expected days between two purchases of this customer. */
  readonly usualDays: number;
  /** The days since the last purchase. */
  readonly silentDays: number;
  /** The chance that a customer who still buys as before is silent for so long, 0..1. */
  readonly chance: number;
  /** 1 − chance. */
  readonly surprise: number;
}

/**
 * Purchases come at a rate λ, which differs between customers: a gamma distribution with shape r and rate α, in days (gamma-Poisson, also called NBD:
 * Ehrenberg 1959). After n purchases within T days, the rate of one customer has the shape r + n − 1 and the rate α + T. So the chance of s days without
 * a purchase is
 *
 *     chance = E[e^(−λs)] = ((α + T) / (α + T + s))^(r + n − 1)
 *
 * and the expected rate is (r + n − 1) / (α + T): the customer's own for many purchases, that of all customers for one.
 */
export function silence(
  { shape, rateDays }: Pick<Rhythm, 'shape' | 'rateDays'>,
  { purchases, firstAt, lastAt }: PurchaseHistory,
  at: number,
): Silence {
  const known = shape + Math.max(0, purchases - 1);
  const observedDays = rateDays + inDays(lastAt - firstAt);
  const silentDays = inDays(Math.max(0, at - lastAt));
  // Not a power of the quotient: 1 − chance would lose its digits for a short silence.
  const logChance = -known * Math.log1p(silentDays / observedDays);
  return {
    purchases,
    usualDays: observedDays / known,
    silentDays,
    chance: Math.exp(logChance),
    surprise: -Math.expm1(logChance),
  };
}

function inDays(milliseconds: number): number {
  return milliseconds / days(1);
}
