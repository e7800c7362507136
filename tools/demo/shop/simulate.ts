import { giuliasPast, marcosPast } from './cast.ts';
import { type Dice, diceOf } from './dice.ts';
import type { Happening } from './happening.ts';
import { glancesOf, lifeOf, type Span } from './life.ts';
import { type Shopper, shopperOf } from './shopper.ts';
import { day, hour, minute, week } from './time.ts';

/** What the same seed makes the same, but for `run`, which is in every id, and `now`. */
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
  /** Everybody else who has said who they are. */
  readonly others: readonly Shopper[];
  /** Those who never did. */
  readonly passersBy: readonly Shopper[];
  readonly span: Span;
  /** Oldest first. */
  readonly past: readonly Happening[];
  readonly dice: Dice;
}

const weeks = 8;

/** Makes up the shop's people, and what they did and met in the weeks before now. */
export function simulate({ run, seed, shoppers, now }: Setting): Shop {
  const dice = diceOf(seed);
  const span = { from: now - weeks * week, until: now - 2 * minute };
  const opening = span.from + 9 * hour - (span.from % day);
  const join = (index: number, day0: number, name?: string) =>
    shopperOf({ run, index, signedUpAt: opening + day0 * day, ...(name ? { name } : {}) }, dice);
  const giulia = join(0, 10, 'Giulia Ferri');
  const marco = join(1, 10, 'Marco Riva');
  const others = Array.from({ length: shoppers - 2 }, (_, index) => join(index + 2, dice.whole(8, 12)));
  const passersBy = Array.from({ length: Math.round(shoppers / 10) }, (_, index) =>
    shopperOf({ run, index: index + shoppers, signedUpAt: Number.POSITIVE_INFINITY }, dice),
  );
  const lives = [
    ...others.flatMap((shopper) => lifeOf(shopper, span, dice)),
    ...passersBy.flatMap((stranger) => glancesOf(stranger, span, dice)),
  ];
  const past = [...giuliasPast(giulia, dice), ...marcosPast(marco, dice), ...lives].sort((a, b) => a.at - b.at);
  return { giulia, marco, others, passersBy, span, past, dice };
}
