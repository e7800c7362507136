import type { Prior } from '../model/model.ts';

/**
 * What was observed, at one instant: `weight` is W, the weight of the signals that is left, and `good` is V, the part of it
 * that was good (weight times valence). 0 <= good <= weight.
 */
export interface Sums {
  readonly weight: number;
  readonly good: number;
}

/**
 * What to expect after the observations, 0..1: (b·k + V) / (k + W). The mean of a beta distribution that began at base b with
 * strength k: beta reputation (Jøsang, Ismail 2002), where W·v is positive and W·(1 − v) negative evidence.
 */
export function expectation({ base, strength }: Prior, { weight, good }: Sums): number {
  return (base * strength + good) / (strength + weight);
}

/** The expectation as a score, 0..100. Without observations 100·b. */
export function score(prior: Prior, sums: Sums): number {
  return 100 * expectation(prior, sums);
}

/** How much of the score was observed and not assumed, 0..1: W / (k + W). */
export function confidence({ strength }: Prior, { weight }: Sums): number {
  return weight / (strength + weight);
}

/**
 * How far one part of the observations moves the score from 100·b, in points: 100·w·(v − b) / (k + W), where W is `total.weight`.
 * Over all parts of the total they add up to score − 100·b.
 */
export function contribution({ base, strength }: Prior, part: Sums, total: Sums): number {
  return (100 * (part.good - base * part.weight)) / (strength + total.weight);
}

/**
 * How far what was observed lately is below the bond, in points: the bond less what the mood would be if it began at the bond and not
 * at 100·b. By −100..100, above 0 for a disappointment; 0 where nothing was observed lately. The mood itself goes back to 100·b
 * by then, which would make a disappointment of every quiet month of a good customer.
 *
 * @param bond 0..100
 * @param lately the sums of the mood
 */
export function drop({ strength }: Prior, bond: number, lately: Sums): number {
  return bond - score({ base: bond / 100, strength }, lately);
}
