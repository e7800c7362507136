import type { Outcome } from '../outcome.ts';
import type { Middleware, Where } from './compose.ts';

/** What was observed of one batch. */
export interface Observation extends Where {
  readonly messages: number;
  readonly seconds: number;
  readonly outcomes: Readonly<Record<Outcome['kind'] | 'failed', number>>;
}

/** Tells the observer of every batch: its size, how long it took, and its outcomes. */
export function measuring(observe: (observation: Observation) => void): Middleware {
  return (next) => async (batch, where) => {
    const started = performance.now();
    const outcomes = { done: 0, retry: 0, deadLetter: 0, failed: 0 };
    try {
      const results = await next(batch, where);
      // A handler may have forgotten one; whoever settles the batch notices.
      for (const outcome of results) if (outcome) outcomes[outcome.kind] += 1;
      return results;
    } catch (error) {
      outcomes.failed = batch.length;
      throw error;
    } finally {
      observe({ ...where, messages: batch.length, seconds: (performance.now() - started) / 1_000, outcomes });
    }
  };
}
