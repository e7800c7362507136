/** Characters that JSON allows and Postgres rejects: NUL, and halves of surrogate pairs. */
const suspicious = /[\u0000\ud800-\udfff]/;

/** Whether a text may contain characters that cannot be stored. True for a text with whole surrogate pairs, too. */
export function isSuspicious(text: string): boolean {
  return suspicious.test(text);
}

/** The JSON value with all texts storable: NUL is removed, lone surrogates are replaced by U+FFFD, in keys too. `__proto__` is removed. */
export function clean(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? value.map(clean) : cleanObject(value as Record<string, unknown>);
}

export function cleanText(text: string): string {
  return isSuspicious(text) ? text.replaceAll('\u0000', '').toWellFormed() : text;
}

function cleanObject(object: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const cleaned: Record<string, unknown> = {};
  for (const key of Object.keys(object)) {
    const name = cleanText(key);
    if (name !== '__proto__') cleaned[name] = clean(object[key]);
  }
  return cleaned;
}
