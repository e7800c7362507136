/** How a number is spread over customers. */
export interface Distribution {
  readonly mean: number;
  readonly p5: number;
  readonly p50: number;
  readonly p95: number;
}

/** The distribution of numbers; undefined for none. Percentiles are interpolated linearly between the nearest ranks. */
export function distributionOf(numbers: readonly number[]): Distribution | undefined {
  if (numbers.length === 0) return undefined;
  const sorted = Float64Array.from(numbers).sort();
  return {
    mean: sorted.reduce((sum, number) => sum + number, 0) / sorted.length,
    p5: percentile(sorted, 0.05),
    p50: percentile(sorted, 0.5),
    p95: percentile(sorted, 0.95),
  };
}

function percentile(sorted: Float64Array, share: number): number {
  const rank = share * (sorted.length - 1);
  const below = sorted[Math.floor(rank)]!;
  const above = sorted[Math.ceil(rank)]!;
  return below + (above - below) * (rank - Math.floor(rank));
}

/**
 * Spearman's rank correlation of two lists of the same length, −1..1; equal numbers share the mean of their ranks. Null if it is not defined: for fewer than two
 * numbers, or if all numbers of a list are equal.
 */
export function rankCorrelation(one: readonly number[], other: readonly number[]): number | null {
  const mean = (one.length - 1) / 2;
  const [ranks, otherRanks] = [ranksOf(one), ranksOf(other)];
  let [both, ofOne, ofOther] = [0, 0, 0];
  for (let index = 0; index < ranks.length; index += 1) {
    const [x, y] = [ranks[index]! - mean, otherRanks[index]! - mean];
    both += x * y;
    ofOne += x * x;
    ofOther += y * y;
  }
  return ofOne > 0 && ofOther > 0 ? Math.max(-1, Math.min(1, both / Math.sqrt(ofOne * ofOther))) : null;
}

/** The rank of each number, from 0. */
function ranksOf(numbers: readonly number[]): Float64Array {
  const order = Uint32Array.from(numbers.keys()).sort((a, b) => numbers[a]! - numbers[b]!);
  const ranks = new Float64Array(numbers.length);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && numbers[order[end]!] === numbers[order[start]!]) end += 1;
    for (let index = start; index < end; index += 1) ranks[order[index]!] = (start + end - 1) / 2;
    start = end;
  }
  return ranks;
}
