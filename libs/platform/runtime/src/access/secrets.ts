import { createHash, randomBytes } from 'node:crypto';

/** A new key or password: a prefix that names its purpose, then 192 random bits in base64url. */
export function newSecret(prefix = ''): string {
  return prefix + randomBytes(24).toString('base64url');
}

/** SHA-256 is enough: keys are random and cannot be guessed. */
export const hashOf = (key: string): Buffer => createHash('sha256').update(key).digest();

/** The stored parts of a key: its hash, to find it, and its last four characters, to show which one it is. */
export function fingerprintOf(key: string): { readonly hash: Buffer; readonly hint: string } {
  return { hash: hashOf(key), hint: key.slice(-4) };
}
