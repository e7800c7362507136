/** Pauses that double with each attempt. */
export interface Backoff {
  readonly minMs: number;
  readonly maxMs: number;
}

const defaultBackoff: Backoff = { minMs: 100, maxMs: 5_000 };

/**
 * The pause after failed attempt `attempt` (from 1), in milliseconds: `minMs` doubled with each attempt up to `maxMs`, of which the
 * upper half is random ("equal jitter"), so that many clients do not retry at the same time.
 *
 * @param random a number from 0 up to 1
 */
export function backoffMs(attempt: number, backoff: Backoff = defaultBackoff, random = Math.random()): number {
  const { minMs, maxMs } = backoff;
  const ceiling = Math.min(maxMs, minMs * 2 ** (attempt - 1));
  return ceiling / 2 + (ceiling / 2) * random;
}
