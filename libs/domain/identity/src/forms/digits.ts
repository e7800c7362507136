import { plain } from './visible.ts';

/** A whole number as programs write it that count in fractions: 4711.0. */
const wholeFraction = /^(\+?\d+)[.,]0+$/;

/** A number without the point and the zero that mean nothing. */
export function withoutFraction(text: string): string {
  return text.endsWith('0') ? text.replace(wholeFraction, '$1') : text;
}

const onlyDigits = /^\d+$/;
const grouped = /^\d[\d\s\p{Pd}]*\d$/u;
/** Below that, `12-3` and `1-23` are more likely two: a shop and the number of its card. */
const fewestGrouped = 8;

/** A card of digits alone without the spaces and hyphens between them, from eight digits on; any other card as it is. */
export function cardForm(given: string): string {
  const text = plain(given);
  if (onlyDigits.test(text)) return text;
  if (!grouped.test(text)) return withoutFraction(text);
  const digits = text.replaceAll(/\D/g, '');
  return digits.length < fewestGrouped ? text : digits;
}
