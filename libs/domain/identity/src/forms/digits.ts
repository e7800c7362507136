import { plain } from './visible.ts';

/** A whole number written as a fraction: 4711.0. */
const wholeFraction = /^(\+?\d+)[.,]0+$/;

/** Removes a decimal part of zeros. */
export function withoutFraction(text: string): string {
  return text.endsWith('0') ? text.replace(wholeFraction, '$1') : text;
}

const onlyDigits = /^\d+$/;
const grouped = /^\d[\d\s\p{Pd}]*\d$/u;
/** With fewer digits, `12-3` and `1-23` are more likely different cards: a shop and its card number. */
const fewestGrouped = 8;

/** Removes spaces and hyphens from a card number of at least eight digits. Any other card stays unchanged. */
export function cardForm(given: string): string {
  const text = plain(given);
  if (onlyDigits.test(text)) return text;
  if (!grouped.test(text)) return withoutFraction(text);
  const digits = text.replaceAll(/\D/g, '');
  return digits.length < fewestGrouped ? text : digits;
}
