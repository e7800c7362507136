import type { IdentifierKind } from '../identifier.ts';

/** Ids that many devices or programs share. */
const shared = new Set([
  // Limits of integer columns: 2^31 − 1, −2^31, 2^32 − 1, 2^63 − 1, 2^64 − 1.
  ...['2147483647', '2147483648', '4294967295', '9223372036854775807', '18446744073709551615'],
  // The ANDROID_ID of a generation of phones; the substitute for a MAC address; IMEIs of test devices.
  ...['9774d56d682e549c', '020000000000', '004999010640000', '012345678912345'],
  // MD5, SHA-1 and SHA-256 of the empty text, from hashed addresses.
  ...['d41d8cd98f00b204e9800998ecf8427e', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  // UUIDs from documentation.
  ...['12345678123412341234123456789012', '123e4567e89b12d3a456426614174000'],
]);

/** Whether many devices or programs share this id, given without punctuation. */
export function isShared(bare: string): boolean {
  return shared.has(bare);
}

/** The digits in the order of the keyboard, up and down. Long numbers wrap around. */
const keys = ['01234567890', '09876543210'];
const keysAround = keys.map((row) => row.slice(1).repeat(3));
const fewestAround = 10;

/** Whether the digits are in sequence, up or down: 123456, 987654. */
export function isCounting(digits: string, fewest: number): boolean {
  if (digits.length < fewest) return false;
  return (digits.length < fewestAround ? keys : keysAround).some((row) => row.includes(digits));
}

/** Only zeros and punctuation. */
const zeros = /^[0\p{P}\p{Z}\p{M}\p{Sc}\p{Sk}\p{Sm}]*$/u;
/** −1, −99, −999 …: missing values in statistics. */
const minus = /^-(?:1|9{2,})(?:[.,]0+)?$/;

/** A quick check: only punctuation and hexadecimal digits. Most ids contain other letters. */
const mayBeDummy = /^[^g-z]*$/i;

/** Card numbers are long. Other ids are numbered from 1 and reach 111111 and 12345678. */
const dummies = {
  card: { sameCharacter: /^(\d)\1{5,}$/, fewestCounting: 6 },
  other: { sameCharacter: /^(?:(\d)\1{7,}|f{8,})$/, fewestCounting: 9 },
};

/** Whether the value is a placeholder number, for all kinds except phones. */
export function isDummyNumber(kind: IdentifierKind, value: string): boolean {
  if (!mayBeDummy.test(value)) return false;
  if (zeros.test(value) || minus.test(value)) return true;
  const bare = value.toLowerCase().replaceAll(/[\s:._-]/g, '');
  const { sameCharacter, fewestCounting } = kind === 'loyalty_card' ? dummies.card : dummies.other;
  return sameCharacter.test(bare) || isCounting(bare, fewestCounting) || isShared(bare);
}
