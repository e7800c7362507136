import { plain } from './visible.ts';

/** Whether a text is a mail address and nothing else: something on both sides of one `@`. */
export function isAddress(text: string): boolean {
  return text.includes('@') && /^[^\s@]+@[^\s@]+$/.test(text);
}

/** Whether the mailbox is at a registered domain: what is none but looks so may be an account of some system, `Anna@Office`. */
export function hasDomain(text: string): boolean {
  return isAddress(text) && /@[^.]+\../.test(text);
}

/** In small letters, which are made plain once more: small letters of plain ones need not be. Of `Ada <ada@example.org>` and `mailto:`, the address. */
export function mailForm(text: string): string {
  const given = plain(text).toLowerCase();
  const [, inBrackets] = given.endsWith('>') ? (/<([^<>]*)>$/.exec(given) ?? []) : [];
  return plain((inBrackets ?? given).replace(/^\s*(?:mailto:\s*)+/, ''));
}
