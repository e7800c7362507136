import type { Element, Scale } from '../element.ts';

/** A model as it is written and stored: JSON. `compileModel` says what is wrong with one. */
export interface ModelDocument {
  /** The model's name and version in one, for example `retail-1`. Not empty. */
  readonly version: string;
  /** The time after which evidence counts half, in days. Above 0. */
  readonly halfLifeDays: Readonly<Record<Scale, number>>;
  readonly elements: Readonly<Record<Element, ElementDocument>>;
  readonly channelSpread: ChannelSpreadDocument;
  /** At least one. Several rules may stand for one activity: all that apply give their signals. */
  readonly rules: readonly RuleDocument[];
}

export interface ElementDocument {
  /** What is expected of a customer about whom nothing is known. Between 0 and 1, both excluded. */
  readonly base: number;
  /** How many observations the base is worth. Above 0. */
  readonly strength: number;
  /** The element's weight in the overall score. Above 0, at most 100. */
  readonly weight: number;
}

export interface ChannelSpreadDocument {
  /** The most that the spread between channels can weigh in coherence, in observations. Above 0, at most 100. */
  readonly weight: number;
}

/** What one kind of activity says about the relationship. */
export interface RuleDocument {
  /** The name of the activity. */
  readonly activity: string;
  /** The rule applies when all of these hold, and every property that its signals read is there. If given, at least one. */
  readonly when?: readonly ConditionDocument[];
  /** At least one. */
  readonly signals: readonly SignalDocument[];
  /** Why, in words for the people who own the model. Not empty. */
  readonly because: string;
}

/** A test of one property. `property` is a path: `shipping.days_late` is the `days_late` in `shipping`. */
export type ConditionDocument =
  | { readonly property: string; readonly equals: string | number | boolean }
  | { readonly property: string; readonly above: number }
  | { readonly property: string; readonly below: number }
  /** Whether the property is there with a value other than null. */
  | { readonly property: string; readonly present: boolean };

export interface SignalDocument {
  readonly element: Element;
  /** Above 0, at most 100. */
  readonly weight: number;
  /** From 0 to 1, or read from a property. */
  readonly valence: number | ValenceDocument;
}

/**
 * Reads a numeric property on a straight line: `zeroAt` is valence 0, `oneAt` is valence 1, beyond them it stays 0 or 1.
 * `zeroAt` may be the greater: minutes of waiting are worse the more there are.
 */
export interface ValenceDocument {
  readonly property: string;
  readonly zeroAt: number;
  readonly oneAt: number;
}
