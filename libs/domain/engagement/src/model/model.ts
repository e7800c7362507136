import type { VouchedBy } from '../activity.ts';
import type { Element, Scale } from '../element.ts';
import type { Rule } from '../rules/rule.ts';

/** The expectation without evidence: `base` 0..1, with the weight of `strength` observations. */
export interface Prior {
  readonly base: number;
  readonly strength: number;
}

/** A checked and compiled model document. States of different models must not be mixed. */
export interface Model {
  readonly version: string;
  /** In milliseconds. */
  readonly halfLives: Readonly<Record<Scale, number>>;
  readonly priors: Readonly<Record<Element, Prior>>;
  /** The share of each element in the overall score. The shares sum to 1. */
  readonly shares: Readonly<Record<Element, number>>;
  /** The maximum weight of the spread between channels, in observations. */
  readonly channelSpreadWeight: number;
  /** The factor of the weights of signals by who vouches for the activity, 0..1. */
  readonly trustOf: Readonly<Record<VouchedBy, number>>;
  /** By the name of the activity. */
  readonly rules: ReadonlyMap<string, readonly Rule[]>;
}
