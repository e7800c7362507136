import type { RuleDocument as ConditionDocument } from '@sestante/rules';
import type { VouchedBy } from '../activity.ts';
import type { Element, Scale } from '../element.ts';

/** The stored JSON form of a model. `compileModel` checks it. Without an optional part, the model does nothing of that kind. */
export interface ModelDocument {
  /** The name and version of the model in one string, for example `retail-1`. At most 100 characters. */
  readonly version: string;
  /** The number of days after which evidence counts half. Above 0. */
  readonly halfLifeDays: Readonly<Record<Scale, number>>;
  readonly elements: Readonly<Record<Element, ElementDocument>>;
  /** How much an activity counts by who vouches for it, from 0 (not at all) to 1. Without a number: 1. */
  readonly trustOf?: Readonly<Partial<Record<VouchedBy, number>>>;
  /** The most that one activity weighs for one element, in observations, before trust and amounts. Above 0, at most 100. */
  readonly mostPerActivity?: number;
  readonly purchases?: PurchasesDocument;
  readonly rhythm?: RhythmDocument;
  readonly channelSpread?: ChannelSpreadDocument;
  readonly loyal?: LoyalDocument;
  /** 1 to 1,000. An activity may have several rules. Each rule that applies gives its signals. */
  readonly rules: readonly RuleDocument[];
}

/** A reason in words. Each text has 1 to 300 characters. */
export interface Because {
  readonly en: string;
  readonly de: string;
  readonly it: string;
}

export interface ElementDocument {
  /** The expected experience of a customer without evidence. Between 0 and 1, both excluded. */
  readonly base: number;
  /** The weight of the base, in observations. Above 0. */
  readonly strength: number;
  /** The weight of the element in the overall score. Above 0, at most 100. */
  readonly weight: number;
}

/** Which activities are purchases. Rhythm and usual amounts are read from them. */
export interface PurchasesDocument {
  /** 1 to 20 names of activities. */
  readonly activities: readonly string[];
  readonly oncePer?: OncePerDocument;
  /** The numeric property with the amount. The customer's usual amount is its mean, with the half-life of the bond. */
  readonly amount?: string;
  /** Weighed by their amounts, signals weigh at most this many times as much as without amounts, in sum. From 1 to 100; 5 if absent. */
  readonly mostTimesUsual?: number;
}

/** How unusual the present silence is for the customer, as one observation. See `src/rhythm/silence.ts` for the formula. Needs `purchases`. */
export interface RhythmDocument {
  /** The shape of the gamma distribution of the rates of purchase over all customers. From 0.001 to 1,000. */
  readonly shape: number;
  /** Its rate, in days. From 0.001 to 100,000. The mean rate is shape / rateDays, in purchases a day. */
  readonly rateDays: number;
  /** The exponent of the surprise: with 1 every silence counts, with more only an unusual one. From 1 to 20; 1 if absent. */
  readonly sharpness?: number;
  /** The maximum weight of the observation for each element, in observations. Above 0, at most 100. At least one element. */
  readonly elements: Readonly<Partial<Record<Element, number>>>;
  /** From 0 to 1. */
  readonly valence: number;
  readonly because: Because;
}

export interface ChannelSpreadDocument {
  /** The maximum weight of the spread between channels in coherence, in observations. Above 0, at most 100. */
  readonly weight: number;
  readonly because: Because;
}

/** Which customers are loyal: a rule over the fields in `src/loyal/customer-fields.ts`. */
export interface LoyalDocument {
  readonly when: ConditionDocument;
  readonly because: Because;
}

/** Turns activities of one name into signals. */
export interface RuleDocument {
  /** The name of the activity. */
  readonly activity: string;
  /** A rule over `activity.name`, `activity.channel` and `activity.properties.<path>`. Without it, the rule always applies. */
  readonly when?: ConditionDocument;
  /** What several activities tell about one matter counts once. Not together with `again`. */
  readonly oncePer?: OncePerDocument;
  /** What activities tell about one matter counts from the second telling on. */
  readonly again?: AgainDocument;
  /** 1 to 20. The rule applies only if every property that its weights and valences read is present. */
  readonly signals: readonly SignalDocument[];
  readonly because: Because;
}

/**
 * What identifies the matter: the value of a property, a window of time, or both. A telling without the property is a matter of its own.
 * Of each matter one telling counts, with all its signals: that whose voucher is trusted most, then the earliest.
 */
export interface OncePerDocument {
  /** A property with a string or a number, for example `order_id`. */
  readonly property?: string;
  /** The length of fixed windows that begin at 1970-01-01T00:00Z. A whole number from 1 to 525,600. */
  readonly minutes?: number;
  /**
   * Rules with the same name share their matters, also those of several activities. Without a name, the rules of one activity with the same property and
   * minutes share theirs. At most 40 characters.
   */
  readonly matter?: string;
}

/** What identifies the matter. A telling without the property does not count. */
export interface AgainDocument {
  readonly property: string;
  readonly matter?: string;
  /** Only the first telling in each channel other than that of the first telling of all counts. */
  readonly inOtherChannel?: true;
}

export interface SignalDocument {
  readonly element: Element;
  /** Above 0, at most 100, or read from a property. */
  readonly weight: number | WeightDocument;
  /** From 0 to 1, or read from properties. */
  readonly valence: number | ValenceDocument;
  /**
   * A numeric property with an amount of money. The weight is multiplied by the amount divided by the customer's usual amount. Without the property it
   * weighs as usual. The sign is ignored; 0 gives no signal.
   */
  readonly amount?: string;
}

/** `times` the numeric property, at most `most`. 0 or less gives no signal. */
export interface WeightDocument {
  readonly property: string;
  /** Above 0, at most 100. */
  readonly times: number;
  /** Above 0, at most 100. */
  readonly most: number;
}

/**
 * Maps a number to a valence by linear interpolation: `zeroAt` gives 0, `oneAt` gives 1. Values beyond them give 0 or 1.
 * `zeroAt` may be greater than `oneAt`, for example for minutes of waiting.
 */
export type ValenceDocument = NumberDocument & {
  readonly zeroAt: LimitDocument;
  readonly oneAt: LimitDocument;
};

/** The number of a valence. */
export type NumberDocument =
  /** A property. */
  | { readonly property: string }
  /** A property divided by the sum of properties. The signs are ignored: some systems send discounts below 0. A sum of 0 gives no number. */
  | { readonly property: string; readonly dividedBy: readonly string[] }
  /** The days from the instant in a property to the activity; after a date without a time, whole days (UTC). */
  | { readonly daysAfter: string }
  /** The hours from the instant in a property to the activity. */
  | { readonly hoursAfter: string };

/** A number, or a property with a number to use instead if it is missing: the ends of a scale that is sent with a rating. */
export type LimitDocument = number | { readonly property: string; readonly otherwise: number };
