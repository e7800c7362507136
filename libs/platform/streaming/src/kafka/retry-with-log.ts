import { retry } from '@sestante/retry';
import { reasonOf } from './failure.ts';
import type { Refusals } from './refusals.ts';

export interface RetryWithLogOptions {
  /** The name of the work in the log. */
  readonly name: string;
  readonly log: (line: string) => void;
  readonly closing: AbortSignal;
  /** Records denied operations, until they succeed. */
  readonly refusals?: Refusals;
  /** Whether an error is permanent: it is thrown and not retried. If absent, no error is permanent. */
  readonly isPermanent?: (error: unknown) => boolean;
}

/**
 * Retries `work` until it succeeds or `closing` is aborted. Long-running work calls `onWorking` once it works, so that pauses after a later failure
 * are short again. Logs one line when the work begins to fail and one when it works again.
 */
export async function retryWithLog<T>(
  work: (onWorking: () => void) => Promise<T>,
  { name, log, closing, refusals, isPermanent }: RetryWithLogOptions,
): Promise<T> {
  let isFailing = false;
  const onFailure = (error: unknown) => {
    refusals?.note(name, error);
    if (!isFailing) log(`${name}: failed, retrying: ${reasonOf(error)}`);
    isFailing = true;
  };
  const onSuccess = () => {
    if (isFailing) log(`${name}: works again`);
    isFailing = false;
    refusals?.clear(name);
  };
  const attempt = async (progress: () => void) => {
    const result = await work(() => {
      onSuccess();
      progress();
    });
    onSuccess();
    return result;
  };
  return retry(attempt, { signal: closing, isRetriable: (error) => !isPermanent?.(error), onFailure });
}
