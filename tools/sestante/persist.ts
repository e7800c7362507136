import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, Away, isPassing, refusalOf } from './request.ts';

/** Told why nothing goes on, and `undefined` once it does again. */
export type OnTrouble = (reason: string | undefined) => void;

export interface Persistence {
  readonly onTrouble?: OnTrouble | undefined;
  /** Ends the trying. */
  readonly signal?: AbortSignal | undefined;
}

const shortestMs = 200;
const longestMs = 3_000;

/** Asks again and again, ever more slowly, until there is an answer that is not a passing trouble. Only a `Fault` or the signal ends it. */
export async function persist(ask: () => Promise<Answer>, { onTrouble, signal }: Persistence = {}): Promise<Answer> {
  for (let attempt = 0; ; attempt++) {
    signal?.throwIfAborted();
    const result = await ask().catch((error: unknown) => {
      if (error instanceof Away) return error;
      throw error;
    });
    if (!(result instanceof Away) && !isPassing(result)) {
      if (attempt > 0) onTrouble?.(undefined);
      return result;
    }
    onTrouble?.(result instanceof Away ? result.message : refusalOf(result));
    await sleep((result instanceof Away ? undefined : result.retryAfterMs) ?? pauseMs(attempt), undefined, { signal });
  }
}

/** Doubled from try to try; half of it by chance, so that many do not come back at once. */
function pauseMs(attempt: number): number {
  const whole = Math.min(longestMs, shortestMs * 2 ** attempt);
  return whole / 2 + (Math.random() * whole) / 2;
}
