/** Pauses that double from attempt to attempt. */
export interface Backoff {
  readonly shortestMs: number;
  readonly longestMs: number;
}

const defaultBackoff: Backoff = { shortestMs: 100, longestMs: 5_000 };

/**
 * The pause after failed attempt `attempt` (from 1), in milliseconds: `shortestMs` doubled with each attempt up to `longestMs`, of which the
 * upper half is random ("equal jitter"), so that many clients do not come back at the same moment.
 *
 * @param random a number from 0 up to 1
 */
export function backoffMs(attempt: number, backoff: Backoff = defaultBackoff, random = Math.random()): number {
  const { shortestMs, longestMs } = backoff;
  const ceiling = Math.min(longestMs, shortestMs * 2 ** (attempt - 1));
  return ceiling / 2 + (ceiling / 2) * random;
}
