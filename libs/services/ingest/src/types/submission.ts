import type { Sender } from './source.ts';
import type { Format } from './format.ts';

/** Events that were received together. */
export interface Submission {
  readonly sender: Sender;
  readonly format: Format;
  readonly events: readonly unknown[];
  /** When the sender sent them all, by its own clock. */
  readonly sentAt?: unknown;
  /** The token of the customer who uses the page, for the events that have none of their own. */
  readonly customerToken?: string | undefined;
  /** Whether they are from a file. */
  readonly isFromFile?: boolean;
  /** A stable id of each event, if it may be sent again: a rejected event is stored once under it, and it is the message id of an event that has none. */
  readonly stableIds?: readonly string[];
}
