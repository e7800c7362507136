import { isRetriable as isOutage } from '@sestante/postgres';
import { retry } from '@sestante/retry';
import { Problem } from '@sestante/runtime';

const pauseMs = 1_000;

/** How long to retry during an outage. */
export interface OutageOptions {
  readonly signal: AbortSignal;
  readonly outageMs: number;
}

/**
 * Retries the work: without a limit while the source exceeds its rate limit, and for `outageMs` while a dependency is unavailable. Then it throws the
 * last error. It throws any other error at once, and the reason of the signal when that is aborted.
 */
export async function retryDuringOutage<T>(work: () => Promise<T>, { signal, outageMs }: OutageOptions): Promise<T> {
  let outageSince: number | undefined;
  const isRetriable = (error: unknown) => {
    if (isRateLimited(error)) return true;
    return isOutage(error) && performance.now() - (outageSince ??= performance.now()) < outageMs;
  };
  const pauseMsOf = (error: unknown) => (isRateLimited(error) ? (error.retryAfterSeconds ?? 1) * 1_000 : pauseMs);
  return retry(work, { signal, isRetriable, pauseMsOf });
}

const isRateLimited = (error: unknown): error is Problem => error instanceof Problem && error.status === 429;
