import type { Element, Scale } from '../element.ts';
import type { Rule } from '../rules/rule.ts';

/** What is expected before anything is known: `base` 0..1, as firm as `strength` observations. */
export interface Prior {
  readonly base: number;
  readonly strength: number;
}

/** A model document that was checked and made ready for use. States of different models must not be mixed. */
export interface Model {
  readonly version: string;
  /** In milliseconds. */
  readonly halfLives: Readonly<Record<Scale, number>>;
  readonly priors: Readonly<Record<Element, Prior>>;
  /** The weight of each element in the overall score; they sum to 1. */
  readonly shares: Readonly<Record<Element, number>>;
  /** The most that the spread between channels can weigh, in observations. */
  readonly channelSpreadWeight: number;
  /** By the name of the activity. */
  readonly rules: ReadonlyMap<string, readonly Rule[]>;
}
