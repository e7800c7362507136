import { withoutFraction } from './digits.ts';
import { plain } from './visible.ts';

const before =
  /^(?:tel|telefon|telefono|telefoon|telephone|fon|phone|ph|mobile|mobil|mob|cell|cel|cellulare|handy|gsm|whatsapp|t|m)\b[.:]*/iu;
const behind = /[\s,;]*(?:\bextension|\bext|\binterno|\bint|\bdurchwahl|\bdw|\bposte|\banexo|x)[.:=\s]*(\d{1,7})$/iu;
/** What people write between the digits. */
const number = /^[\d\s+()./\p{Pd}]*$/u;
/** Of a number with its country code, as the telephone system has it (E.164). */
const mostDigits = 15;

/**
 * A phone number as its digits, with a `+` before them if it has a country code, which `00` says as well; an extension behind it as in RFC 3966.
 * Empty where it is no phone number: more than that stands there, or more than one.
 */
export function phoneForm(text: string): string {
  const given = plain(text);
  const hasWords = /\p{L}/u.test(given);
  const spoken = hasWords ? given.replace(before, '').trim() : given;
  const extension = hasWords ? behind.exec(spoken) : null;
  const written = withoutFraction(extension ? spoken.slice(0, extension.index) : spoken);
  const isInternational = /^[\s(]*(?:\+|0\s?0)/.test(written);
  // The zero that is pressed within the country: +49 (0)171.
  const main = isInternational ? written.replace(/(?<=\d\s*)\(\s?0\s?\)/, '') : written;
  const digits = main.replaceAll(/\D/g, '');
  if (!number.test(main) || digits === '' || digits.length > mostDigits + 2) return '';
  const normal = isInternational ? `+${digits.replace(/^(?:00)+/, '')}` : digits;
  if (normal.replace('+', '').length > mostDigits) return '';
  return extension ? `${normal};ext=${extension[1]}` : normal;
}
