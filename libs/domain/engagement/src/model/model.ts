import type { VouchedBy } from '../activity.ts';
import type { Because, ModelDocument } from '../document/model-document.ts';
import type { Element, Scale } from '../element.ts';
import type { LoyalRule } from '../rules/loyal-rule.ts';
import type { Rhythm } from '../rhythm/rhythm.ts';
import type { Rule } from '../rules/rule.ts';
import type { Purchases } from './purchases.ts';

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
  /** The factor of the weights of signals by who vouches for the activity, 0..1. */
  readonly trustOf: Readonly<Record<VouchedBy, number>>;
  /** The most that one activity weighs for one element; infinite without a limit. */
  readonly mostPerActivity: number;
  readonly purchases: Purchases;
  readonly rhythm: Rhythm | undefined;
  readonly channelSpread: ChannelSpread | undefined;
  readonly loyal: LoyalRule | undefined;
  /** In the order of the document. */
  readonly rules: readonly Rule[];
  readonly rulesOf: ReadonlyMap<string, readonly Rule[]>;
  /** A copy of the document. */
  readonly document: ModelDocument;
}

export interface ChannelSpread {
  /** The maximum weight of the spread between channels, in observations. */
  readonly weight: number;
  readonly because: Because;
}
