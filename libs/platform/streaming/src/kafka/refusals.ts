import { isUnauthorized, reasonOf } from './failure.ts';

/** What the cluster does not let this stream do at present. */
export interface Refusals {
  /** Notes the error if it is a refusal, until it is over, or for so long. */
  note(what: string, error: unknown, lastsMs?: number): void;
  isOver(what: string): void;
  /** A sentence for each. */
  all(): readonly string[];
}

export function refusals(now: () => number = Date.now): Refusals {
  const known = new Map<string, { readonly reason: string; readonly until: number }>();
  return {
    note(what, error, lastsMs = Infinity) {
      if (isUnauthorized(error)) known.set(what, { reason: reasonOf(error), until: now() + lastsMs });
    },
    isOver: (what) => void known.delete(what),
    all: () => [...known].filter(([, { until }]) => now() < until).map(([what, { reason }]) => `${what}: ${reason}`),
  };
}
