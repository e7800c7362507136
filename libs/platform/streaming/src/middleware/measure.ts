import type { Outcome } from '../outcome.ts';
import type { HandlerContext, Middleware } from './compose.ts';

/** The size, duration and outcomes of one batch. */
export interface Observation extends HandlerContext {
  readonly messages: number;
  readonly seconds: number;
  readonly outcomes: Readonly<Record<Outcome['kind'] | 'failed', number>>;
}

/** Calls `observe` after every batch. */
export function measuring(observe: (observation: Observation) => void): Middleware {
  return (next) => async (batch, context) => {
    const started = performance.now();
    const outcomes = { done: 0, retry: 0, deadLetter: 0, failed: 0 };
    try {
      const results = await next(batch, context);
      // A handler may return too few outcomes; `settle` handles that.
      for (const outcome of results) if (outcome) outcomes[outcome.kind] += 1;
      return results;
    } catch (error) {
      outcomes.failed = batch.length;
      throw error;
    } finally {
      observe({ ...context, messages: batch.length, seconds: (performance.now() - started) / 1_000, outcomes });
    }
  };
}
