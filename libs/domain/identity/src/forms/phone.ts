import { plain } from './visible.ts';

const label =
  /^(?:tel|telefon|telefono|telefoon|telephone|fon|phone|ph|mobile|mobil|mob|cell|cel|cellulare|handy|gsm|whatsapp|t|m)\b[.:]*/iu;
const extensionEnding =
  /[\s,;]*(?:\bextension|\bext|\binterno|\bint|\bdurchwahl|\bdw|\bposte|\banexo|x)[.:=\s]*(\d{1,7})$/iu;
/** Digits and their usual separators. */
const number = /^[\d\s+()./\p{Pd}]*$/u;
/** What programs make of a column of numbers with empty cells. A comma, or more zeros, may separate groups of digits. */
const numberFraction = /^(\+?\d+)\.0$/;
/** The maximum of E.164, with country code. */
const mostDigits = 15;

/**
 * A phone number as digits, with a leading `+` if it has a country code (`+` or `00`), and with its extension as in RFC 3966.
 * Empty if the text is not exactly one phone number.
 */
export function phoneForm(text: string): string {
  const given = plain(text);
  const hasWords = /\p{L}/u.test(given);
  const withoutLabel = hasWords ? given.replace(label, '').trim() : given;
  const extension = hasWords ? extensionEnding.exec(withoutLabel) : null;
  const dialled = extension ? withoutLabel.slice(0, extension.index) : withoutLabel;
  const written = dialled.replace(numberFraction, '$1');
  const isInternational = /^[\s(]*(?:\+|0\s?0)/.test(written);
  // The zero that is dialled within the country only: +49 (0)171.
  const main = isInternational ? written.replace(/(?<=\d\s*)\(\s?0\s?\)/, '') : written;
  const digits = main.replaceAll(/\D/g, '');
  // Neither a country code nor a number within a country: `0)0…`.
  if (!isInternational && digits.startsWith('00')) return '';
  if (!number.test(main) || digits === '' || digits.length > mostDigits + 2) return '';
  const normal = isInternational ? `+${digits.replace(/^(?:00)+/, '')}` : digits;
  if (normal.replace('+', '').length > mostDigits) return '';
  return extension ? `${normal};ext=${extension[1]}` : normal;
}
