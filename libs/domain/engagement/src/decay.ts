/** So many days, in milliseconds. */
export function days(count: number): number {
  return count * 86_400_000;
}

/**
 * What is left of evidence after `age`: 2^(-age / halfLife), both in milliseconds, `age` at least 0. Between 1 and 0.
 *
 * A sum decays by the same factor as its parts, so that sums can be brought forward without the parts.
 * (Forward decay: Cormode, Shkapenyuk, Srivastava, Xu, ICDE 2009.)
 */
export function remaining(age: number, halfLife: number): number {
  return age === 0 ? 1 : 2 ** (-age / halfLife);
}
