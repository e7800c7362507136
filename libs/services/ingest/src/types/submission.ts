import type { Sender } from './source.ts';
import type { Format } from './format.ts';

/** Events that came together. */
export interface Submission {
  readonly sender: Sender;
  readonly format: Format;
  readonly events: readonly unknown[];
  /** When the sender says that it sent them all. */
  readonly sentAt?: unknown;
  /** They stand in a file. */
  readonly isFromFile?: boolean;
  /** What each event is known by, where it may come again: rejected ones are kept once, and it is the id of those that have none of their own. */
  readonly places?: readonly string[];
}
