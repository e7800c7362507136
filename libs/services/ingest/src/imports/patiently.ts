import { isPassing } from '@sestante/postgres';
import { Problem } from '@sestante/runtime';
import { setTimeout as pause } from 'node:timers/promises';

const pauseMs = 1_000;

/** How long to try while something is away. */
export interface Patience {
  readonly signal: AbortSignal;
  readonly outageMs: number;
}

/**
 * Does the work, and does it again after a pause: as long as it takes where the source sends too fast, and for a while where something that
 * it needs is away. Throws the last error then, any other error at once, and the reason of the signal.
 */
export async function patiently<T>(work: () => Promise<T>, { signal, outageMs }: Patience): Promise<T> {
  let awaySince: number | undefined;
  for (;;) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      const waitMs = waitOf(error);
      if (waitMs === undefined) throw error;
      if (!isTooFast(error) && performance.now() - (awaySince ??= performance.now()) >= outageMs) throw error;
      await pause(waitMs, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }
}

const isTooFast = (error: unknown): error is Problem => error instanceof Problem && error.status === 429;

function waitOf(error: unknown): number | undefined {
  if (isTooFast(error)) return (error.retryAfterSeconds ?? 1) * 1_000;
  return isPassing(error) || (error instanceof Problem && error.retriable) ? pauseMs : undefined;
}
