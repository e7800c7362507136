import type { Outcome } from '../outcome.ts';
import type { Delivery } from '../stream.ts';

/** Which subscription a batch belongs to. */
export interface Where {
  readonly topic: string;
  readonly group: string;
}

/** A handler inside the middleware: it may reject, which decides nothing. */
export type Step = (batch: readonly Delivery[], where: Where) => Promise<readonly Outcome[]>;

/** One behaviour around a handler. */
export type Middleware = (next: Step) => Step;

/** The handler inside all middleware; the first of the list is the outermost. */
export function compose(middleware: readonly Middleware[], handler: Step): Step {
  return middleware.reduceRight((next, surround) => surround(next), handler);
}
