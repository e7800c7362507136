import { setTimeout as pause } from 'node:timers/promises';
import { backoffMs } from '../backoff.ts';
import { reasonOf } from './failure.ts';

export interface Trying {
  /** What is being tried, for the log. */
  readonly name: string;
  readonly log: (line: string) => void;
  readonly closing: AbortSignal;
  /** Tells errors that no waiting mends: they are thrown. Without this, there are none. */
  readonly isHopeless?: (error: unknown) => boolean;
}

/**
 * Does `work` until it ends well, for ever, with growing pauses. Long work calls `works` once it has come into its own, so that a later
 * failure starts with short pauses again. The log gets one line when it begins to fail and one when that is over.
 */
export async function keepTrying<T>(
  work: (works: () => void) => Promise<T>,
  { name, log, closing, isHopeless }: Trying,
): Promise<T> {
  let failures = 0;
  const works = () => {
    if (failures > 0) log(`${name}: works again`);
    failures = 0;
  };
  for (;;) {
    try {
      const result = await work(works);
      works();
      return result;
    } catch (error) {
      if (closing.aborted || isHopeless?.(error)) throw error;
      failures += 1;
      if (failures === 1) log(`${name}: interrupted, is being tried again (${reasonOf(error)})`);
      await pause(backoffMs(failures), undefined, { signal: closing });
    }
  }
}
