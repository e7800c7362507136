import type { Identifier, IdentifierKind } from './identifier.ts';
import { isNobody } from './nobody.ts';

/** In UTF-16 code units, before and after normalising. */
const longestValue = 256;
/** Soft hyphens, marks of direction, joiners, byte order marks: nobody sees them, and copying brings them along. */
const invisible = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g;
const mailAddress = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const digitsInGroups = /^\d+(?:[ -]\d+)+$/;

/**
 * An identifier in the one form in which it is compared and stored; the README has the rules as a table. Normalising twice changes nothing.
 *
 * @returns undefined if nothing is left of the value, if it is longer than 256 characters, or if it is what is written where there is nobody
 */
export function normalise(kind: IdentifierKind, value: string): Identifier | undefined {
  const trimmed = visible(value);
  if (trimmed.length > longestValue) return undefined;
  const normal = normalValue(kind, trimmed);
  return normal === '' || normal.length > longestValue || isNobody(kind, normal) ? undefined : { kind, value: normal };
}

const plain = /^[!-~]+$/;

/** What is taken away may leave white space at the ends. */
function visible(value: string): string {
  return plain.test(value) ? value : value.normalize('NFC').replaceAll(invisible, '').trim();
}

function normalValue(kind: IdentifierKind, trimmed: string): string {
  if (kind === 'email') return lowerCase(trimmed);
  if (kind === 'phone') return normalPhone(trimmed.normalize('NFKC'));
  if (kind === 'loyalty_card') return normalCard(trimmed.normalize('NFKC').trim());
  return kind === 'user_id' && mailAddress.test(trimmed) ? lowerCase(trimmed) : trimmed;
}

function lowerCase(address: string): string {
  return address.normalize('NFKC').toLowerCase().normalize('NFC').trim();
}

/** As it is embossed, in groups, and as a till reads it. */
function normalCard(card: string): string {
  return digitsInGroups.test(card) ? card.replaceAll(/[ -]/g, '') : card;
}

/** A number with letters in it, other than words for what it is, is none. */
function normalPhone(trimmed: string): string {
  const number = trimmed.replace(/^(?:tel|phone|fon|mobile|handy|cell)[.:]?\s*/i, '');
  if (/\p{L}/u.test(number)) return '';
  const digits = number.replaceAll(/\D/g, '');
  if (digits.startsWith('00')) return digits.length > 2 ? `+${digits.slice(2)}` : '';
  return digits !== '' && number.startsWith('+') ? `+${digits}` : digits;
}
