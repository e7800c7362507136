import { newSecret } from '@sestante/runtime';
import type { KeyKind } from '../types/source.ts';

const prefixes: Readonly<Record<KeyKind, string>> = { secret: 'wk_', browser: 'bk_' };

/** A new write key. */
export function newKey(kind: KeyKind): string {
  return newSecret(prefixes[kind]);
}
