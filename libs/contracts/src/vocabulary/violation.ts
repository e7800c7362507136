import type { Properties } from './term.ts';

/** A fault of an event that is accepted nevertheless. */
export interface Violation {
  /** A stable code, such as `field-missing`. */
  readonly code: string;
  /** The path of a property, such as `products[0].price`, or the name of another part of the event. */
  readonly field: string;
  /** A sentence without the value, which may be personal data. */
  readonly reason: string;
  /** The removed value; undefined if there was none. */
  readonly given?: unknown;
}

/** The properties to store, without values of a wrong type, and their violations. */
export interface CheckedActivity {
  readonly properties: Properties;
  readonly violations: readonly Violation[];
}
