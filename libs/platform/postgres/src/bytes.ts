/** Postgres keeps the 32 latest patterns compiled. */
const textsOfPattern = 200;

/** Neither letters nor digits. Signs that are not of ASCII stand in octal there, and count as letters. */
const standingAlone = { before: '(^|[^[:alnum:]])', after: '([^[:alnum:]]|$)' };

/**
 * The patterns, for `encode(…, 'escape') ~* any($1::text[])`, of texts that stand alone among bytes, or between other patterns. They are so few that they need
 * not be compiled again for every row.
 */
export function wordsInBytes(texts: readonly string[], { before, after } = standingAlone): string[] {
  const literals = [...new Set(texts)].map(literalInBytes);
  const patterns: string[] = [];
  for (let from = 0; from < literals.length; from += textsOfPattern)
    patterns.push(`${before}(${literals.slice(from, from + textsOfPattern).join('|')})${after}`);
  return patterns;
}

/** The part of a pattern that stands for a text. */
function literalInBytes(text: string): string {
  const escaped = [...Buffer.from(text)].map(escapedByte).join('');
  return escaped.replaceAll(/[.^$*+?()[\]{}|\\]/g, '\\$&');
}

/** As Postgres writes it. */
function escapedByte(byte: number): string {
  if (byte >= 0x80) return `\\${byte.toString(8)}`;
  return byte === backslash ? '\\\\' : String.fromCharCode(byte);
}

const backslash = 0x5c;
