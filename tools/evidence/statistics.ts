/** The ranks of the values, from 1; equal values share the mean of their ranks. */
export function ranksOf(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Array<number>(values.length);
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && values[order[end]!] === values[order[start]!]) end += 1;
    for (let index = start; index < end; index += 1) ranks[order[index]!] = (start + 1 + end) / 2;
  }
  return ranks;
}

/** Spearman's rank correlation, −1..1: Pearson's correlation of the ranks. NaN if all values of one list are equal. */
export function rankCorrelation(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [ranksOf(one), ranksOf(other)];
  const mean = (one.length + 1) / 2;
  let [product, squareA, squareB] = [0, 0, 0];
  for (let index = 0; index < a.length; index += 1) {
    const [fromA, fromB] = [a[index]! - mean, b[index]! - mean];
    product += fromA * fromB;
    squareA += fromA ** 2;
    squareB += fromB ** 2;
  }
  return product / Math.sqrt(squareA * squareB);
}

/**
 * The area under the ROC curve, 0..1: the chance that a case with the label has a lower value than a case without it; equal values count half.
 * By the rank sum of Mann and Whitney. NaN if all cases have the same label.
 */
export function aucOfLow(cases: readonly { readonly value: number; readonly label: boolean }[]): number {
  const ranks = ranksOf(cases.map(({ value }) => -value));
  const positive = cases.filter(({ label }) => label).length;
  const sum = ranks.reduce((total, rank, index) => total + (cases[index]!.label ? rank : 0), 0);
  return (sum - (positive * (positive + 1)) / 2) / (positive * (cases.length - positive));
}

/** The value below which the share (0..1) of the values lies, with linear interpolation; NaN without values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const position = share * (sorted.length - 1);
  const low = Math.floor(position);
  const [below, above] = [sorted[low] ?? Number.NaN, sorted[Math.min(low + 1, sorted.length - 1)] ?? Number.NaN];
  return below + (above - below) * (position - low);
}
