/** The pause before try `attempt` (from 1): doubles from 100 ms up to 5 s. */
export function backoffMs(attempt: number): number {
  return Math.min(5_000, 100 * 2 ** Math.min(attempt - 1, 6));
}
