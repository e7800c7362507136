import { isUnauthorized, reasonOf } from './failure.ts';

/** The operations that the cluster currently denies to this stream. */
export interface Refusals {
  /** Notes the error if authorization failed, until `clear` is called or for `lastsMs`. */
  note(operation: string, error: unknown, lastsMs?: number): void;
  /** The operation has succeeded. */
  clear(operation: string): void;
  /** One text for each denied operation, with the reason. */
  all(): readonly string[];
}

export function refusals(now: () => number = Date.now): Refusals {
  const current = new Map<string, { readonly reason: string; readonly until: number }>();
  return {
    note(operation, error, lastsMs = Infinity) {
      if (isUnauthorized(error)) current.set(operation, { reason: reasonOf(error), until: now() + lastsMs });
    },
    clear: (operation) => void current.delete(operation),
    all: () =>
      [...current].filter(([, { until }]) => now() < until).map(([operation, { reason }]) => `${operation}: ${reason}`),
  };
}
