import type { Properties } from './term.ts';

/** What is wrong with an event that is taken all the same. */
export interface Violation {
  /** Such as `field-missing`. */
  readonly code: string;
  /** Where: the path of a property, such as `products[0].price`, or the name of another part of the event. */
  readonly field: string;
  /** In a sentence, without the value: it may be personal. */
  readonly reason: string;
  /** What stood there and is left out; undefined where nothing was. */
  readonly given?: unknown;
}

/** The properties as they are to be kept, and all that is wrong with them: what is of another type is not among them. */
export interface CheckedActivity {
  readonly properties: Properties;
  readonly violations: readonly Violation[];
}
