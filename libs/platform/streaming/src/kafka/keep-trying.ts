import { retry } from '@sestante/retry';
import { reasonOf } from './failure.ts';
import type { Refusals } from './refusals.ts';

export interface Trying {
  /** What is being tried, for the log. */
  readonly name: string;
  readonly log: (line: string) => void;
  readonly closing: AbortSignal;
  /** Told what the cluster does not let us do, and when it does. */
  readonly refusals?: Refusals;
  /** Tells errors that no waiting mends: they are thrown. Without this, there are none. */
  readonly isHopeless?: (error: unknown) => boolean;
}

/**
 * Retries `work` until it ends well or `closing` is aborted. Long work calls `works` once it has begun to work, so that a later failure starts
 * with short pauses again. The log gets one line when it begins to fail and one when that is over.
 */
export async function keepTrying<T>(
  work: (works: () => void) => Promise<T>,
  { name, log, closing, refusals, isHopeless }: Trying,
): Promise<T> {
  let isFailing = false;
  const onFailure = (error: unknown) => {
    refusals?.note(name, error);
    if (!isFailing) log(`${name}: interrupted, is being tried again (${reasonOf(error)})`);
    isFailing = true;
  };
  const onSuccess = () => {
    if (isFailing) log(`${name}: works again`);
    isFailing = false;
    refusals?.isOver(name);
  };
  const attempt = async (progress: () => void) => {
    const result = await work(() => {
      onSuccess();
      progress();
    });
    onSuccess();
    return result;
  };
  return retry(attempt, { signal: closing, isRetriable: (error) => !isHopeless?.(error), onFailure });
}
