import type { VouchedBy } from '../activity.ts';
import type { Element, Scale } from '../element.ts';

/** The stored JSON form of a model. `compileModel` checks it. */
export interface ModelDocument {
  /** The name and version of the model in one string, for example `retail-1`. Not empty. */
  readonly version: string;
  /** The number of days after which evidence counts half. Above 0. */
  readonly halfLifeDays: Readonly<Record<Scale, number>>;
  readonly elements: Readonly<Record<Element, ElementDocument>>;
  readonly channelSpread: ChannelSpreadDocument;
  /** How much an activity counts by who vouches for it, from 0 (not at all) to 1. Without a number: 1. */
  readonly trustOf?: Readonly<Partial<Record<VouchedBy, number>>>;
  /** At least one. An activity may have several rules. Each rule that applies gives its signals. */
  readonly rules: readonly RuleDocument[];
}

export interface ElementDocument {
  /** The expected experience of a customer without evidence. Between 0 and 1, both excluded. */
  readonly base: number;
  /** The weight of the base, in observations. Above 0. */
  readonly strength: number;
  /** The weight of the element in the overall score. Above 0, at most 100. */
  readonly weight: number;
}

export interface ChannelSpreadDocument {
  /** The maximum weight of the spread between channels in coherence, in observations. Above 0, at most 100. */
  readonly weight: number;
}

/** Turns activities of one name into signals. */
export interface RuleDocument {
  /** The name of the activity. */
  readonly activity: string;
  /** The rule applies if all conditions hold and every property that its signals read is present. At least one, if given. */
  readonly when?: readonly ConditionDocument[];
  /** At least one. */
  readonly signals: readonly SignalDocument[];
  /** The reason for the rule, for the owners of the model. Not empty. */
  readonly because: string;
}

/** A test of one property. `property` is a path: `shipping.days_late` is the field `days_late` of `shipping`. */
export type ConditionDocument =
  | { readonly property: string; readonly equals: string | number | boolean }
  | { readonly property: string; readonly above: number }
  | { readonly property: string; readonly below: number }
  /** Tests whether the property exists and is not null. */
  | { readonly property: string; readonly present: boolean };

export interface SignalDocument {
  readonly element: Element;
  /** Above 0, at most 100. */
  readonly weight: number;
  /** From 0 to 1, or read from a property. */
  readonly valence: number | ValenceDocument;
}

/**
 * Maps a numeric property to a valence by linear interpolation: `zeroAt` gives 0, `oneAt` gives 1. Values beyond them give 0 or 1.
 * `zeroAt` may be greater than `oneAt`, for example for minutes of waiting.
 */
export interface ValenceDocument {
  readonly property: string;
  readonly zeroAt: number;
  readonly oneAt: number;
}
