/** A random generator with a seed: the same seed gives the same numbers. */
export interface Random {
  /** A number from 0 up to but not including 1. */
  next(): number;
  /** True with a probability of 0..1. */
  chance(probability: number): boolean;
  between(least: number, most: number): number;
  /** A whole number from `least` to `most`, both inclusive. */
  whole(least: number, most: number): number;
  pick<T>(items: readonly [T, ...T[]]): T;
}

/** mulberry32 by Tommy Ettinger (public domain). */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const roll = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (least: number, most: number) => least + Math.floor(roll() * (most - least + 1));
  return {
    next: roll,
    chance: (probability) => roll() < probability,
    between: (least, most) => least + roll() * (most - least),
    whole,
    pick: (items) => items[whole(0, items.length - 1)] ?? items[0],
  };
}
