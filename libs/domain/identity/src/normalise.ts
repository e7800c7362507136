import { cardForm, withoutFraction } from './forms/digits.ts';
import { hasDomain, mailForm } from './forms/mail.ts';
import { phoneForm } from './forms/phone.ts';
import { visible } from './forms/visible.ts';
import type { Identifier, IdentifierKind } from './identifier.ts';
import { namesNobody } from './nobody/names-nobody.ts';

/** In UTF-16 code units, before and after normalising. */
const longestValue = 256;

/**
 * Normalises an identifier to the form in which it is compared and stored. The README has the rules with examples. Idempotent.
 * Call `whyUnclear` first: an unclear value may have the same form as the identifier of another person.
 *
 * @returns undefined if the value is empty after normalisation, longer than 256 characters, or a placeholder for nobody
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
