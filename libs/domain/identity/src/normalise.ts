import { cardForm, withoutFraction } from './forms/digits.ts';
import { hasDomain, mailForm } from './forms/mail.ts';
import { phoneForm } from './forms/phone.ts';
import { visible } from './forms/visible.ts';
import type { Identifier, IdentifierKind } from './identifier.ts';
import { namesNobody } from './nobody/names-nobody.ts';

/** In UTF-16 code units, before and after normalising. */
const longestValue = 256;

/**
 * An identifier in the one form in which it is compared and stored; the README has the rules, with examples. Normalising twice changes nothing.
 * Ask `whyUnclear` first: a value that has lost something has the form of somebody else's.
 *
 * @returns undefined if nothing is left of the value, if it is longer than 256 characters, or if it identifies nobody: tills, shops and programs
 *   write it for everybody
 */
export function normalise(kind: IdentifierKind, value: string): Identifier | undefined {
  const seen = visible(value);
  if (seen.length > longestValue) return undefined;
  const normal = formOf(kind, seen);
  return normal === '' || normal.length > longestValue || namesNobody(kind, normal)
    ? undefined
    : { kind, value: normal };
}

function formOf(kind: IdentifierKind, seen: string): string {
  switch (kind) {
    case 'email':
      return mailForm(seen);
    case 'phone':
      return phoneForm(seen);
    case 'loyalty_card':
      return cardForm(seen);
    case 'user_id':
      return hasDomain(seen) ? mailForm(seen) : withoutFraction(seen);
    default:
      return seen;
  }
}
