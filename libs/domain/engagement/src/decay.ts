/** Converts days to milliseconds. */
export function days(count: number): number {
  return count * 86_400_000;
}

/**
 * The part of evidence that remains after `age`: 2^(-age / halfLife), from 1 down to 0. Both in milliseconds, `age` at least 0.
 *
 * A sum decays by the same factor as its parts, so a sum can be brought forward without its parts.
 * (Forward decay: Cormode, Shkapenyuk, Srivastava, Xu, ICDE 2009.)
 */
export function remaining(age: number, halfLife: number): number {
  return age === 0 ? 1 : 2 ** (-age / halfLife);
}
