import type { Identifier, IdentifierKind } from './identifier.ts';

/** In UTF-16 code units, before and after normalising. */
const longestValue = 256;

/**
 * An identifier in the one form in which it is compared and stored: without white space around it, an e-mail in
 * lower case, a phone number as its digits with the leading `+` if there was one. Normalising twice changes nothing.
 *
 * @returns undefined if nothing is left of the value, if it is longer than 256 characters, or if it is plainly no e-mail (`-`, `none`), no phone
 *   number (`0`, `000000`) and no id (`undefined`, `null`, `0`): it identifies nobody, and tills and shops write it for everybody
 */
export function normalise(kind: IdentifierKind, value: string): Identifier | undefined {
  const trimmed = value.trim();
  if (trimmed.length > longestValue) return undefined;
  const normal = normalValue(kind, trimmed);
  return normal === '' || isFiller(kind, normal) || normal.length > longestValue ? undefined : { kind, value: normal };
}

function normalValue(kind: IdentifierKind, trimmed: string): string {
  if (kind === 'email') return trimmed.toLowerCase();
  if (kind === 'phone') return normalPhone(trimmed);
  return trimmed;
}

const fewestDigits = 5;

/** What programs make of an id that is not there: the words of Segment's blocked values, and how JavaScript and Python spell nothing. */
const noId = /^([0-]*|-1|null|nil|none|nan|undefined|anonymous|unknown|guest|\[object object\])$/i;

/** What stands where something has to stand. */
function isFiller(kind: IdentifierKind, normal: string): boolean {
  if (kind === 'email') return !/^[^\s@]+@[^\s@]+$/.test(normal);
  if (kind !== 'phone') return noId.test(normal);
  const digits = normal.replace('+', '');
  return digits.length < fewestDigits || /^(\d)\1*$/.test(digits);
}

function normalPhone(trimmed: string): string {
  const digits = trimmed.replaceAll(/\D/g, '');
  return digits !== '' && trimmed.startsWith('+') ? `+${digits}` : digits;
}
