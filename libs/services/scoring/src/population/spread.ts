import { type Static, Type } from 'typebox';

/** Scores are counted by tenths of a point: quartiles are exact to that. */
export const bucketsPerPoint = 10;
const lastBucket = 100 * bucketsPerPoint - 1;
/** The bars of a histogram, of five points each. */
const bars = 20;
const bucketsPerBar = (lastBucket + 1) / bars;

export const bucketOf = (score: number): number =>
  Math.min(lastBucket, Math.max(0, Math.floor(score * bucketsPerPoint)));

/** How a score is spread over customers. */
export const Spread = Type.Object(
  {
    customers: Type.Integer({
      minimum: 0,
      description: 'The number of customers whose score is in the numbers below.',
    }),
    mean: Type.Union([Type.Number({ minimum: 0, maximum: 100 }), Type.Null()], {
      description: 'Null without customers.',
    }),
    quartiles: Type.Union(
      [Type.Array(Type.Number({ minimum: 0, maximum: 100 }), { minItems: 3, maxItems: 3 }), Type.Null()],
      {
        description:
          'The first quartile, the median and the third quartile, to a tenth of a point. Null without customers.',
      },
    ),
    histogram: Type.Array(Type.Integer({ minimum: 0 }), {
      minItems: bars,
      maxItems: bars,
      description: 'The number of customers by five points: from 0 to below 5, …, from 95 to 100.',
    }),
  },
  { $id: 'ScoreSpread' },
);
export type Spread = Static<typeof Spread>;

/** Scores that are counted: by bucket, with their sum. */
export class Tally {
  private readonly counts = new Uint32Array(lastBucket + 1);
  private sum = 0;
  private customers = 0;

  /** Adds the scores of some customers, whose bucket is the same. */
  add(bucket: number, { customers, sum }: { readonly customers: number; readonly sum: number }): void {
    this.counts[bucket]! += customers;
    this.customers += customers;
    this.sum += sum;
  }

  addScore(score: number): void {
    this.add(bucketOf(score), { customers: 1, sum: score });
  }

  spread(): Spread {
    const { customers, counts } = this;
    const histogram = Array.from({ length: bars }, (_, bar) =>
      counts.subarray(bar * bucketsPerBar, (bar + 1) * bucketsPerBar).reduce((sum, count) => sum + count, 0),
    );
    if (customers === 0) return { customers, mean: null, quartiles: null, histogram };
    const quartiles = [0.25, 0.5, 0.75].map((share) => this.quantile(share));
    return { customers, mean: Math.min(100, this.sum / customers), quartiles, histogram };
  }

  /** Within the bucket of the rank, scores are taken as evenly spread. */
  private quantile(share: number): number {
    const rank = share * this.customers;
    let before = 0;
    for (let bucket = 0; ; bucket += 1) {
      const count = this.counts[bucket]!;
      if (before + count >= rank && count > 0) return (bucket + (rank - before) / count) / bucketsPerPoint;
      before += count;
    }
  }
}
