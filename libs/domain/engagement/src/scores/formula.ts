import type { Prior } from '../model/model.ts';

/**
 * The observations at one instant: `weight` is W, the decayed weight of the signals, and `good` is V, the good part of W
 * (weight times valence). 0 <= good <= weight.
 */
export interface Sums {
  readonly weight: number;
  readonly good: number;
}

/** One observation that does not come from an activity. */
export interface Observation {
  readonly weight: number;
  /** 0..1. */
  readonly valence: number;
}

/**
 * The expectation after the observations, 0..1: (b·k + V) / (k + W). The mean of a beta distribution that starts at base b with
 * strength k: beta reputation (Jøsang, Ismail 2002), where W·v is positive and W·(1 − v) negative evidence.
 */
export function expectation({ base, strength }: Prior, { weight, good }: Sums): number {
  return (base * strength + good) / (strength + weight);
}

/** The expectation as a score, 0..100. Without observations 100·b. */
export function score(prior: Prior, sums: Sums): number {
  return 100 * expectation(prior, sums);
}

/** The part of the score that was observed and not assumed, 0..1: W / (k + W). */
export function confidence({ strength }: Prior, { weight }: Sums): number {
  return weight / (strength + weight);
}

/**
 * By how much one part of the observations moves the score from 100·b, in points: 100·w·(v − b) / (k + W), where W is `total.weight`.
 * The contributions of all parts of the total add up to score − 100·b.
 */
export function contribution({ base, strength }: Prior, part: Sums, total: Sums): number {
  return (100 * (part.good - base * part.weight)) / (strength + total.weight);
}

/**
 * How far recent experience is below the bond, in points, −100..100: the bond minus a mood that starts at the bond instead of
 * 100·b. Above 0 is a disappointment; 0 if there is no recent evidence. The mood itself returns to 100·b without evidence:
 * a comparison with it would report a disappointment for every quiet month of a good customer.
 *
 * @param bond 0..100
 * @param recent the sums of the mood
 */
export function drop({ strength }: Prior, bond: number, recent: Sums): number {
  return bond - score({ base: bond / 100, strength }, recent);
}
