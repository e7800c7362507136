import { createHash, randomBytes } from 'node:crypto';

/** A new key or password: 192 random bits, behind a prefix that tells what it is for. */
export function newSecret(prefix = ''): string {
  return prefix + randomBytes(24).toString('base64url');
}

/** SHA-256 is enough: keys are random, so there is nothing to guess. */
export const hashOf = (key: string): Buffer => createHash('sha256').update(key).digest();

/** What is kept of a key: by what it is known again, and its last signs, to tell one from another. */
export function fingerprintOf(key: string): { readonly hash: Buffer; readonly hint: string } {
  return { hash: hashOf(key), hint: key.slice(-4) };
}
