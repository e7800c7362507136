/** The purchases of one customer, to fit a rhythm. */
export interface ObservedPurchases {
  /** Whole, at least 1. */
  readonly purchases: number;
  /** The days from the first purchase to the end of the observation, at least 0: with the silence after the last purchase. */
  readonly days: number;
}

/** The most likely rhythm of a population, for a `RhythmDocument`. */
export interface FittedRhythm {
  readonly shape: number;
  readonly rateDays: number;
  readonly logLikelihood: number;
}

/**
 * The maximum-likelihood shape r and rate α of the gamma distribution of the rates of purchase. A customer with x repeated purchases within d days has the likelihood
 *
 *     Γ(r + x) / (Γ(r) x!) · (α / (α + d))^r · (d / (α + d))^x
 *
 * (negative binomial: a Poisson count whose rate is gamma-distributed). Both are searched within the limits of a `RhythmDocument`, on a logarithmic scale.
 *
 * @throws RangeError without a customer who was observed for some time.
 */
export function fitRhythm(customers: readonly ObservedPurchases[]): FittedRhythm {
  const observed = customers.filter(({ purchases, days }) => purchases >= 1 && days > 0);
  if (observed.length === 0) throw new RangeError('At least one customer must be observed for more than 0 days.');
  const counts = repeatCounts(observed);
  const shapeFor = (logRate: number) => {
    const given = atRate(observed, Math.exp(logRate));
    return greatest((logShape) => likelihood(counts, given, Math.exp(logShape)), Math.log(1e-3), Math.log(1e3));
  };
  const rate = greatest((logRate) => shapeFor(logRate).value, Math.log(1e-3), Math.log(1e5));
  const shape = shapeFor(rate.at);
  return { shape: Math.exp(shape.at), rateDays: Math.exp(rate.at), logLikelihood: shape.value };
}

/** How many customers have more than i repeated purchases, by i: Γ(r + x) / Γ(r) is the product of r + i for i < x. */
function repeatCounts(customers: readonly ObservedPurchases[]): number[] {
  const most = customers.reduce((sum, { purchases }) => Math.max(sum, purchases - 1), 0);
  const counts = new Array<number>(most).fill(0);
  for (const { purchases } of customers) if (purchases > 1) counts[purchases - 2]! += 1;
  for (let index = most - 2; index >= 0; index -= 1) counts[index]! += counts[index + 1]!;
  return counts;
}

/** What the likelihood needs of the customers for one rate α: Σ log((α + d) / α), and Σ x · log((α + d) / d). */
interface AtRate {
  readonly byShape: number;
  readonly byRepeats: number;
}

function atRate(customers: readonly ObservedPurchases[], rateDays: number): AtRate {
  let [byShape, byRepeats] = [0, 0];
  for (const { purchases, days } of customers) {
    byShape += Math.log1p(days / rateDays);
    if (purchases > 1) byRepeats += (purchases - 1) * Math.log1p(rateDays / days);
  }
  return { byShape, byRepeats };
}

function likelihood(counts: readonly number[], { byShape, byRepeats }: AtRate, shape: number): number {
  let sum = -shape * byShape - byRepeats;
  for (let index = 0; index < counts.length; index += 1) {
    sum += counts[index]! * (Math.log(shape + index) - Math.log(index + 1));
  }
  return sum;
}

const golden = (Math.sqrt(5) - 1) / 2;

/** Golden-section search for the maximum of a function with one maximum, to 1e-9. */
function greatest(
  of: (at: number) => number,
  from: number,
  to: number,
): { readonly at: number; readonly value: number } {
  let [low, high] = [from, to];
  let [one, other] = [high - golden * (high - low), low + golden * (high - low)];
  let [valueOfOne, valueOfOther] = [of(one), of(other)];
  while (high - low > 1e-9) {
    if (valueOfOne > valueOfOther) {
      [high, other, valueOfOther] = [other, one, valueOfOne];
      one = high - golden * (high - low);
      valueOfOne = of(one);
    } else {
      [low, one, valueOfOne] = [one, other, valueOfOther];
      other = low + golden * (high - low);
      valueOfOther = of(other);
    }
  }
  const at = (low + high) / 2;
  return { at, value: of(at) };
}
