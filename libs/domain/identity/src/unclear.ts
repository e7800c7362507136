import { visible } from './forms/visible.ts';
import type { IdentifierKind } from './identifier.ts';

/** A large number as written by spreadsheets (`4,00638E+12`) and programs (`4.00638E12`). `12e7` may be a hexadecimal id. */
const scientific =
  /^[+-]?(?:\d+[.,]\d*\s?e\s?[+-]?\d+|\d+\s?e\s?\+\d+|\d+(?:[.,]\d+)?\s?[×*]\s?10\s?\^?\s?[+-]?\d+)$/iu;
/** A parsed JSON number has lost its notation: `4.00638E+12` is a large number that ends in zeros. */
const [fewestRounded, zeros] = [1e11, 1e5];
/** NUL and lone surrogates, which Postgres cannot store. */
const unstorable = /\u0000|\p{Cs}/u;
/** Tabs and line breaks around an id are white space. Inside an id they come from another cell. */
const control = /\p{Cc}/u;
/** Kinds of ids that are issued, not computed: a fraction is a conversion error. */
const whole: readonly (IdentifierKind | undefined)[] = ['user_id', 'loyalty_card', 'phone'];

/**
 * Why an id, as received, cannot be distinguished from other ids; undefined if it can. Accepting an unclear id could merge two people
 * permanently.
 *
 * @param kind undefined for an id that does not identify a person, such as a message id, which may contain control characters
 */
export function whyUnclear(id: unknown, kind?: IdentifierKind): string | undefined {
  if (typeof id === 'number') return whyNumberUnclear(id, kind);
  return typeof id === 'string' ? whyTextUnclear(id, kind) : undefined;
}

function whyNumberUnclear(id: number, kind: IdentifierKind | undefined): string | undefined {
  if (!(Math.abs(id) <= Number.MAX_SAFE_INTEGER))
    return 'is a number beyond 2^53, whose last digits are lost in JSON: send it as a string';
  if (whole.includes(kind) && !Number.isInteger(id))
    return 'is a number with a fraction, which an id of this kind cannot have: send it as a string';
  if (whole.includes(kind) && id >= fewestRounded && id % zeros === 0)
    return 'is a large number that ends in zeros, so its last digits may be lost: send it as a string';
  return undefined;
}

function whyTextUnclear(id: string, kind: IdentifierKind | undefined): string | undefined {
  if (unstorable.test(id)) return 'contains a NUL or a lone surrogate: send valid Unicode text';
  if (id.includes('\ufffd')) return 'contains the replacement character U+FFFD: send the original text in UTF-8';
  const seen = visible(id);
  if (scientific.test(seen)) return 'is a number in scientific notation, whose last digits are lost: export it as text';
  return kind !== undefined && control.test(seen)
    ? 'contains a control character, such as a tab or a line break: send only the id'
    : undefined;
}
