/** A quantity that was read once in each run. */
export interface Reading {
  readonly what: string;
  readonly unit: 'ms' | 's' | 'MB' | '% of a core';
  readonly values: readonly number[];
  /** The most that it may be. */
  readonly floor?: number;
}
