/** The most tags of a customer. */
export const mostTags = 20;

/** Letters and digits, with hyphens and underscores between them. With spaces, it could be a name or an address. */
const pattern = /^(?=.{1,24}$)\p{L}[\p{L}\p{N}]*(?:[_-][\p{L}\p{N}]+)*$/u;
/** A longer number may identify somebody: a card, a phone, a birthday. */
const mostDigits = 3;

/**
 * The name of a tier or a tag, such as `Gold` or `early-adopter`: 1 to 24 letters, digits, hyphens and underscores, at most three of them digits.
 * Undefined for any other value, and for one with a word of `personalWords`.
 */
export function labelOf(given: unknown, personalWords: ReadonlySet<string>): string | undefined {
  if (typeof given !== 'string') return undefined;
  const label = given.trim().normalize('NFC');
  if (!pattern.test(label) || label.replaceAll(/\P{N}/gu, '').length > mostDigits) return undefined;
  const words = label.toLowerCase().split(/[_-]/);
  return words.some((word) => personalWords.has(word)) ? undefined : label;
}

/** The labels of a list: each once, the first 20. The others are left out; undefined without one. */
export function labelsOf(given: unknown, personalWords: ReadonlySet<string>): string[] | undefined {
  const items: readonly unknown[] = Array.isArray(given) ? given : [];
  const labels = new Set(items.slice(0, 10 * mostTags).flatMap((item) => labelOf(item, personalWords) ?? []));
  return labels.size > 0 ? [...labels].slice(0, mostTags) : undefined;
}
