import type { Fields } from './field.ts';

export type Properties = Readonly<Record<string, unknown>>;

/** An activity of the vocabulary. */
export interface Term {
  /** The names in sources, the usual title first. Case and separators do not matter. */
  readonly titles: readonly [string, ...string[]];
  readonly description: string;
  /** The required fields. */
  readonly must: Fields;
  /** Names of fields in `may`, of which at least one is required. */
  readonly either?: readonly [string, string];
  readonly may: Fields;
  readonly example: Properties;
}

/** Terms about one subject, by the names of the activities. */
export interface Chapter {
  readonly title: string;
  readonly description: string;
  readonly terms: Readonly<Record<string, Term>>;
}
