import { visible } from './forms/visible.ts';
import type { IdentifierKind } from './identifier.ts';

/** As spreadsheets (`4,00638E+12`) and programs (`4.00638E12`) write a large number. `12e7` may be an id of hexadecimal digits. */
const scientific =
  /^[+-]?(?:\d+[.,]\d*\s?e\s?[+-]?\d+|\d+\s?e\s?\+\d+|\d+(?:[.,]\d+)?\s?[×*]\s?10\s?\^?\s?[+-]?\d+)$/iu;
/** JSON does not tell how a number was written: `4.00638E+12` is a large one that ends in zeros. */
const [fewestRounded, zeros] = [1e11, 1e5];
/** NUL, and halves of surrogate pairs, which no database stores. */
const unstorable = /\u0000|\p{Cs}/u;
/** Tabs and line breaks around an id are white space, and none of it; in it they are the end of another cell. */
const control = /\p{Cc}/u;
/** Ids that are given out, and never computed: a fraction in one was made on the way. */
const whole: readonly (IdentifierKind | undefined)[] = ['user_id', 'loyalty_card', 'phone'];

/**
 * Why an id cannot be told from others, as it came: two people would be one, for ever. Undefined where it can.
 *
 * @param kind undefined for an id that names no person, such as that of a message: its parts may be joined by whatever its source likes
 */
export function whyUnclear(id: unknown, kind?: IdentifierKind): string | undefined {
  if (typeof id === 'number') return whyNumberUnclear(id, kind);
  return typeof id === 'string' ? whyTextUnclear(id, kind) : undefined;
}

function whyNumberUnclear(id: number, kind: IdentifierKind | undefined): string | undefined {
  if (!(Math.abs(id) <= Number.MAX_SAFE_INTEGER))
    return 'is a number beyond 2^53, of which JSON has lost digits: send it as a text';
  if (whole.includes(kind) && !Number.isInteger(id))
    return 'is a number with a fraction, and ids of its kind have none: send it as a text';
  if (whole.includes(kind) && id >= fewestRounded && id % zeros === 0)
    return 'is a large number that ends in zeros, as one in scientific notation that has lost digits: send it as a text';
  return undefined;
}

function whyTextUnclear(id: string, kind: IdentifierKind | undefined): string | undefined {
  if (unstorable.test(id)) return 'has a NUL or half a surrogate pair in it: send it as a text that can be stored';
  if (id.includes('\ufffd')) return 'has the sign in it that stands for what was no character: send it in UTF-8';
  const seen = visible(id);
  if (scientific.test(seen))
    return 'is a number in scientific notation, as a spreadsheet writes it, and has lost digits: export it as a text';
  return kind !== undefined && control.test(seen)
    ? 'has a control character in it, such as a tab or a line break: send the id alone'
    : undefined;
}
