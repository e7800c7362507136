import { deepestLevel } from './limits.ts';

/** Characters that JSON allows and Postgres refuses: NUL, and halves of surrogate pairs. */
const suspicious = /[\u0000\ud800-\udfff]/;

/**
 * The same value with every text storable: NUL removed, lone surrogates replaced by U+FFFD, in keys too; `__proto__` is dropped. Undefined
 * when it nests deeper than `deepestLevel`.
 */
export function clean(value: unknown, level = 1): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (level > deepestLevel) return undefined;
  return Array.isArray(value) ? cleanArray(value, level) : cleanObject(value as Record<string, unknown>, level);
}

export function cleanText(text: string): string {
  return suspicious.test(text) ? text.replaceAll('\u0000', '').toWellFormed() : text;
}

function cleanArray(values: readonly unknown[], level: number): unknown[] | undefined {
  const cleaned: unknown[] = [];
  for (const value of values) {
    const result = clean(value, level + 1);
    if (result === undefined) return undefined;
    cleaned.push(result);
  }
  return cleaned;
}

function cleanObject(object: Record<string, unknown>, level: number): Record<string, unknown> | undefined {
  const cleaned: Record<string, unknown> = {};
  for (const key of Object.keys(object)) {
    const result = clean(object[key], level + 1);
    if (result === undefined) return undefined;
    const name = cleanText(key);
    if (name !== '__proto__') cleaned[name] = result;
  }
  return cleaned;
}
