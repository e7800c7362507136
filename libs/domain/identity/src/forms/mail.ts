import { plain } from './visible.ts';

/** Whether the text is only a mail address: a text on both sides of one `@`. */
export function isAddress(text: string): boolean {
  return text.includes('@') && /^[^\s@]+@[^\s@]+$/.test(text);
}

/** Whether the address has a domain with a dot. Without one it may be an account name, such as `Anna@Office`. */
export function hasDomain(text: string): boolean {
  return isAddress(text) && /@[^.]+\../.test(text);
}

/** The address in lower case, without `mailto:`; the address in brackets for `Ada <ada@example.org>`. Normalised again at the end, because lower-casing may leave NFKC. */
export function mailForm(text: string): string {
  const given = plain(text).toLowerCase();
  const [, inBrackets] = given.endsWith('>') ? (/<([^<>]*)>$/.exec(given) ?? []) : [];
  return plain((inBrackets ?? given).replace(/^\s*(?:mailto:\s*)+/, ''));
}
