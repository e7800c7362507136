import { quantile } from './statistics.ts';

/**
 * The 95 % interval of a statistic by the percentile bootstrap (Efron 1979): its values over samples of the cases, drawn with replacement.
 * The same seed gives the same interval.
 */
export function bootstrapInterval<Case>(
  cases: readonly Case[],
  statistic: (sample: readonly Case[]) => number,
  { seed, samples = 200 }: { readonly seed: number; readonly samples?: number },
): readonly [number, number] {
  const random = randomFrom(seed);
  const values = Array.from({ length: samples }, () =>
    statistic(cases.map(() => cases[Math.floor(random() * cases.length)]!)),
  ).filter((value) => !Number.isNaN(value));
  return [quantile(values, 0.025), quantile(values, 0.975)];
}

/** Numbers from 0 to 1, evenly distributed: mulberry32. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
