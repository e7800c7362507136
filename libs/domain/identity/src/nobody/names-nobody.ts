import type { IdentifierKind } from '../identifier.ts';
import { isAddress } from '../forms/mail.ts';
import { isDummyMail } from './dummy-mail.ts';
import { isDummyNumber } from './dummy-number.ts';
import { isDummyPhone } from './dummy-phone.ts';
import { isPlaceholder } from './placeholder.ts';
import { fold, isAbbreviationForNothing, isWordForNobody, isYesOrNo } from './words.ts';

/** The longest phrase of the list has 30 letters. */
const longestPhrase = 64;

/** Whether a normalised value stands where there is nobody: tills, shops and programs write it for everybody. */
export function namesNobody(kind: IdentifierKind, value: string): boolean {
  if (kind === 'phone') return isDummyPhone(value);
  if (kind === 'email' && !isAddress(value)) return true;
  if (isPlaceholder(value)) return true;
  if (isAddress(value)) return isDummyMail(value);
  return isDummyNumber(kind, value) || isNothingInWords(kind, value);
}

/** What is recognised by its signs. */
const signs = [
  // How Postgres and MySQL write null into a file: `\N`.
  /^["'([<]*\\+n["')\]>]*$/i,
  // `#REF!`, `#WERT!`, `#DIV/0!`, `#NAME?`, `#NV`, `#N/D` of spreadsheets.
  /^#(?:\S{1,12}[!?]|WERT|ÜBERLAUF|VALUE|VALOR|VALEUR|VALORE|\p{L}{1,2}\/\p{L}{1,4}|NV|YOK|PUUTTUU|SAKNAS)$/iu,
  /^\$posthog_cookieless$|^<no value>$/i,
  // What an app whose tracking is limited has instead of an advertising id.
  /^lat[=:]\d$/i,
];

function isNothingInWords(kind: IdentifierKind, value: string): boolean {
  if (value.length > longestPhrase) return false;
  if (signs.some((sign) => sign.test(value)) || isAbbreviationForNothing(value)) return true;
  if (/\d/.test(value)) return false;
  const folded = fold(value);
  return isWordForNobody(folded) || (kind === 'loyalty_card' && isYesOrNo(folded));
}
