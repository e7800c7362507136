import type { IdentifierKind } from '../identifier.ts';
import { isAddress } from '../forms/mail.ts';
import { isDummyMail } from './dummy-mail.ts';
import { isDummyNumber } from './dummy-number.ts';
import { isDummyPhone } from './dummy-phone.ts';
import { isPlaceholder } from './placeholder.ts';
import { fold, isAbbreviationForNothing, isWordForNobody, isYesOrNo } from './words.ts';

/** The longest phrase of the list has 30 letters. */
const longestPhrase = 64;

/** Whether a normalised value is a placeholder for nobody: tills, shops and programs write it instead of an identifier. */
export function namesNobody(kind: IdentifierKind, value: string): boolean {
  if (kind === 'phone') return isDummyPhone(value);
  if (kind === 'email' && !isAddress(value)) return true;
  if (isPlaceholder(value)) return true;
  if (isAddress(value)) return isDummyMail(value);
  return isDummyNumber(kind, value) || isNobodyPhrase(kind, value);
}

/** Placeholders that are recognised by their punctuation. */
const patterns = [
  // Null in export files of Postgres and MySQL: `\N`.
  /^["'([<]*\\+n["')\]>]*$/i,
  // Errors of spreadsheets: `#REF!`, `#WERT!`, `#DIV/0!`, `#NAME?`, `#NV`, `#N/D`.
  /^#(?:\S{1,12}[!?]|WERT|ÜBERLAUF|VALUE|VALOR|VALEUR|VALORE|\p{L}{1,2}\/\p{L}{1,4}|NV|YOK|PUUTTUU|SAKNAS)$/iu,
  /^\$posthog_cookieless$|^<no value>$/i,
  // The substitute for an advertising id if ad tracking is limited.
  /^lat[=:]\d$/i,
];

function isNobodyPhrase(kind: IdentifierKind, value: string): boolean {
  if (value.length > longestPhrase) return false;
  if (patterns.some((pattern) => pattern.test(value)) || isAbbreviationForNothing(value)) return true;
  if (/\d/.test(value)) return false;
  const folded = fold(value);
  return isWordForNobody(folded) || (kind === 'loyalty_card' && isYesOrNo(folded));
}
