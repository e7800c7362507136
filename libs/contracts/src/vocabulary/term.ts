import type { Fields } from './field.ts';

export type Properties = Readonly<Record<string, unknown>>;

/** An activity that the vocabulary knows. */
export interface Term {
  /** What sources call it, the usual title first. Case and separators do not matter. */
  readonly titles: readonly [string, ...string[]];
  readonly says: string;
  /** Without each of these it says nothing that can be used. */
  readonly must: Fields;
  /** Names of fields in `may`, of which at least one must be there. */
  readonly either?: readonly [string, string];
  readonly may: Fields;
  readonly example: Properties;
}

/** Terms about one thing, by our names of the activities. */
export interface Chapter {
  readonly title: string;
  readonly says: string;
  readonly terms: Readonly<Record<string, Term>>;
}
