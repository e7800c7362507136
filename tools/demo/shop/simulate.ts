import { giuliasPast, marcosPast } from './scripts.ts';
import { type Random, randomOf } from './random.ts';
import type { Occurrence } from './occurrence.ts';
import { anonymousVisitsOf, historyOf, type Span } from './history.ts';
import { type Shopper, shopperOf } from './shopper.ts';
import { day, hour, minute, week } from './time.ts';

/** The settings of a simulation. The same seed gives the same history, except for `run`, which is in every id, and `now`. */
export interface Setting {
  readonly run: string;
  readonly seed: number;
  readonly shoppers: number;
  /** In milliseconds since 1970. */
  readonly now: number;
}

/** A simulated shop and its past. */
export interface Shop {
  readonly giulia: Shopper;
  readonly marco: Shopper;
  /** All other shoppers who have signed up. */
  readonly others: readonly Shopper[];
  /** Visitors who never sign up. */
  readonly anonymousVisitors: readonly Shopper[];
  readonly span: Span;
  /** Oldest first. */
  readonly past: readonly Occurrence[];
  readonly random: Random;
}

const weeks = 8;

/** Creates the people of the shop and their history in the weeks before now. */
export function simulate({ run, seed, shoppers, now }: Setting): Shop {
  const random = randomOf(seed);
  const span = { from: now - weeks * week, until: now - 2 * minute };
  const opening = span.from + 9 * hour - (span.from % day);
  const join = (index: number, day0: number, name?: string) =>
    shopperOf({ run, index, signedUpAt: opening + day0 * day, ...(name ? { name } : {}) }, random);
  const giulia = join(0, 10, 'Giulia Ferri');
  const marco = join(1, 10, 'Marco Riva');
  const others = Array.from({ length: shoppers - 2 }, (_, index) => join(index + 2, random.whole(8, 12)));
  const anonymousVisitors = Array.from({ length: Math.round(shoppers / 10) }, (_, index) =>
    shopperOf({ run, index: index + shoppers, signedUpAt: Number.POSITIVE_INFINITY }, random),
  );
  const histories = [
    ...others.flatMap((shopper) => historyOf(shopper, span, random)),
    ...anonymousVisitors.flatMap((stranger) => anonymousVisitsOf(stranger, span, random)),
  ];
  const past = [...giuliasPast(giulia, random), ...marcosPast(marco, random), ...histories].sort((a, b) => a.at - b.at);
  return { giulia, marco, others, anonymousVisitors, span, past, random };
}
