import { isRetriable as isOutage } from '@sestante/postgres';
import { retry } from '@sestante/retry';
import { Problem } from '@sestante/runtime';

const pauseMs = 1_000;

/** How long to try while something is away. */
export interface Patience {
  readonly signal: AbortSignal;
  readonly outageMs: number;
}

/**
 * Retries the work: as long as it takes where the source sends too fast, and for `outageMs` where something that it needs is away. Throws
 * the last error then, any other error at once, and the reason of the signal.
 */
export async function patiently<T>(work: () => Promise<T>, { signal, outageMs }: Patience): Promise<T> {
  let awaySince: number | undefined;
  const isRetriable = (error: unknown) => {
    if (isTooFast(error)) return true;
    return isOutage(error) && performance.now() - (awaySince ??= performance.now()) < outageMs;
  };
  const pauseMsOf = (error: unknown) => (isTooFast(error) ? (error.retryAfterSeconds ?? 1) * 1_000 : pauseMs);
  return retry(work, { signal, isRetriable, pauseMsOf });
}

const isTooFast = (error: unknown): error is Problem => error instanceof Problem && error.status === 429;
