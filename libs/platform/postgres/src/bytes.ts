/**
 * The pattern, for `encode(…, 'escape') ~* $1`, of a text that stands alone among bytes: neither letters nor digits are around it. Signs that are not of
 * ASCII stand in octal there, and count as letters.
 */
export function wordInBytes(text: string): string {
  const escaped = [...Buffer.from(text)].map(escapedByte).join('');
  return `(^|[^[:alnum:]])${escaped.replaceAll(/[.^$*+?()[\]{}|\\]/g, '\\$&')}([^[:alnum:]]|$)`;
}

/** As Postgres writes it. */
function escapedByte(byte: number): string {
  if (byte >= 0x80) return `\\${byte.toString(8)}`;
  return byte === backslash ? '\\\\' : String.fromCharCode(byte);
}

const backslash = 0x5c;
