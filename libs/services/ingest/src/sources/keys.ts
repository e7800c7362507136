import { hashOf } from '@sestante/runtime';
import { randomBytes } from 'node:crypto';
import type { KeyKind } from './source.ts';

const prefixes: Readonly<Record<KeyKind, string>> = { secret: 'wk_', browser: 'bk_' };

/** A new write key: 192 random bits. */
export function newKey(kind: KeyKind): string {
  return prefixes[kind] + randomBytes(24).toString('base64url');
}

/** What is kept of a write key. */
export function fingerprintOf(key: string): { readonly hash: Buffer; readonly hint: string } {
  return { hash: hashOf(key), hint: key.slice(-4) };
}
