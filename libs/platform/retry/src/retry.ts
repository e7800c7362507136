import { type Backoff, backoffMs } from './backoff.ts';

export interface RetryOptions {
  /** Ends the pauses: `retry` rejects with the reason of the signal. An attempt that runs is not cut off. */
  readonly signal?: AbortSignal | undefined;
  /** Whether another attempt may succeed. An error for which it says no is thrown at once. Without it, every error is retried. */
  readonly isRetriable?: (error: unknown) => boolean;
  /** The most attempts, the first included. Without it, there is no limit. */
  readonly mostAttempts?: number;
  /** No pause goes beyond this time after the first attempt began: the error is thrown instead. Without it, there is no limit. */
  readonly patienceMs?: number;
  readonly backoff?: Backoff;
  /** A pause that the error itself asks for, such as Retry-After, instead of the backoff. */
  readonly pauseMsOf?: (error: unknown) => number | undefined;
  /** Called before each pause, with the number of failures in a row. */
  readonly onFailure?: (error: unknown, failures: number) => void;
}

/**
 * Does `work` until it resolves, with growing pauses, and resolves to its result. Rejects with the last error once the options say so.
 * Work that goes on for long calls `progress` when it has succeeded so far: a failure after that counts as the first again.
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
  const { isRetriable, mostAttempts = Infinity, patienceMs = Infinity } = options;
  return failures >= mostAttempts || ms > patienceMs || isRetriable?.(error) === false;
}

/** Ends early when the signal is aborted. With the timers of `globalThis`, which tests can replace. */
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
