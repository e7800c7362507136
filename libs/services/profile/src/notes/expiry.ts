import { existingInstant } from '../rfc3339.ts';

export const maxYears = 10;

/** The instant at which a note expires; undefined if it does not exist, is not in the future, or is more than ten years ahead. */
export function expiryOf(given: string, now: Date): Date | undefined {
  const latest = new Date(now);
  latest.setUTCFullYear(now.getUTCFullYear() + maxYears);
  const expiresAt = existingInstant(given);
  return expiresAt !== undefined && expiresAt > now && expiresAt <= latest ? expiresAt : undefined;
}
