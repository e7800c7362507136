import { type Backoff, backoffMs } from './backoff.ts';

export interface RetryOptions {
  /** Ends the pauses: `retry` rejects with the reason of the signal. A running attempt is not interrupted. */
  readonly signal?: AbortSignal | undefined;
  /** Whether another attempt may succeed. An error that is not retriable is thrown at once. By default, every error is retried. */
  readonly isRetriable?: (error: unknown) => boolean;
  /** The maximum number of attempts, including the first. No limit by default. */
  readonly maxAttempts?: number;
  /** If the next pause would end later than this time after the start, the error is thrown instead. No limit by default. */
  readonly maxElapsedMs?: number;
  readonly backoff?: Backoff;
  /** A pause that the error itself asks for, such as Retry-After, instead of the backoff. */
  readonly pauseMsOf?: (error: unknown) => number | undefined;
  /** Called before each pause, with the number of failures in a row. */
  readonly onFailure?: (error: unknown, failures: number) => void;
}

/**
 * Repeats `work` until it resolves, with increasing pauses, and resolves to its result. Rejects with the last error when the options end the
 * attempts. Long work calls `progress` after a success: the next failure then counts as the first one.
 */
export async function retry<T>(work: (progress: () => void) => Promise<T>, options: RetryOptions = {}): Promise<T> {
  const { signal, onFailure } = options;
  const startedAt = performance.now();
  let failures = 0;
  const progress = () => void (failures = 0);
  for (;;) {
    signal?.throwIfAborted();
    try {
      return await work(progress);
    } catch (error) {
      failures += 1;
      const ms = options.pauseMsOf?.(error) ?? backoffMs(failures, options.backoff);
      if (signal?.aborted || isFinal(error, failures, performance.now() - startedAt + ms, options)) throw error;
      onFailure?.(error, failures);
      await pause(ms, signal);
    }
  }
}

function isFinal(error: unknown, failures: number, ms: number, options: RetryOptions): boolean {
  const { isRetriable, maxAttempts = Infinity, maxElapsedMs = Infinity } = options;
  return failures >= maxAttempts || ms > maxElapsedMs || isRetriable?.(error) === false;
}

/** Ends early if the signal is aborted. Uses the timers of `globalThis`, which tests can replace. */
function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end);
  });
}
