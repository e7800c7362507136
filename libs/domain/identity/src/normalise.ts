import { cardForm, withoutFraction } from './forms/digits.ts';
import { e164Form } from './forms/e164.ts';
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
 * @param country ISO 3166-1 alpha-2, of phone numbers without a country code
 * @returns undefined if the value is empty after normalisation, longer than 256 characters, or a placeholder for nobody
 */
export function normalise(kind: IdentifierKind, value: string, country?: string | null): Identifier | undefined {
  const seen = visible(value);
  if (seen.length > longestValue) return undefined;
  const normal = formOf(kind, seen);
  if (normal === '' || normal.length > longestValue || namesNobody(kind, normal)) return undefined;
  return kind === 'phone' ? phoneOf(normal, country ?? undefined) : { kind, value: normal };
}

/** A valid number in E.164. It may be recognised as nobody only then: `0331 111111`. */
function phoneOf(normal: string, country: string | undefined): Identifier | undefined {
  const value = e164Form(normal, country);
  return value !== normal && namesNobody('phone', value) ? undefined : { kind: 'phone', value };
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
