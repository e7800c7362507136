import type { Outcome } from '../outcome.ts';
import type { Delivery } from '../stream.ts';

/** The subscription that a batch belongs to. */
export interface HandlerContext {
  readonly topic: string;
  readonly group: string;
}

/** A handler inside the middleware. If it rejects, no message has an outcome. */
export type Step = (batch: readonly Delivery[], context: HandlerContext) => Promise<readonly Outcome[]>;

/** One behaviour around a handler. */
export type Middleware = (next: Step) => Step;

/** Wraps the handler in all middleware; the first of the list is the outermost. */
export function compose(middleware: readonly Middleware[], handler: Step): Step {
  return middleware.reduceRight((next, wrap) => wrap(next), handler);
}
