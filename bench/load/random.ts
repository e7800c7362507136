/** A generator of numbers in 0..1, the same for the same seed (mulberry32). */
export type Random = () => number;

export function random(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function pick<T>(choose: Random, values: readonly T[]): T {
  return values[Math.floor(choose() * values.length)]!;
}

/** An integer from `least` to `most`, both inclusive. */
export function whole(choose: Random, least: number, most: number): number {
  return least + Math.floor(choose() * (most - least + 1));
}
