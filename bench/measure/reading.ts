/** A quantity that is measured once in each run. */
export interface Reading {
  readonly what: string;
  readonly unit: 'ms' | 's' | 'MB' | 'bytes' | 'per second' | 'times' | '% of a core' | '% of the events';
  readonly values: readonly number[];
  /** The allowed maximum. */
  readonly target?: number;
}
