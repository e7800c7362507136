import { hash } from './hash.ts';

/** Crockford's base 32: no I, L, O or U, so that nobody takes one sign for another, at the till or on the phone. */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const codeLength = 10;

/**
 * The code that a customer shows to redeem an offer: ten signs, 50 bits, always the same for the same seed.
 * It is as hard to guess as its seed is, up to those 50 bits: give it a random id. Different seeds may, once in
 * 2^50, share a code: keep codes unique where they are stored.
 *
 * @param seed the offer's id, as text (taken as it is written) or as bytes
 */
export function codeOf(seed: Uint8Array | string): string {
  let rest = hash(seed);
  let code = '';
  while (code.length < codeLength) {
    code += digits.charAt(rest % digits.length);
    rest = Math.floor(rest / digits.length);
  }
  return code;
}

/** What people write for a digit of the alphabet. */
const takenFor: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' };

/** Spaces, hyphens and dashes, points, and what is not seen. */
const between = /[\s\p{Pd}\p{Default_Ignorable_Code_Point}._]/gu;

/**
 * The code that somebody has typed or read aloud: in small letters, in groups, with O for 0, and I or L for 1, as Crockford's alphabet allows.
 * Undefined where it can be none of ours.
 */
export function readCode(typed: string): string | undefined {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(between, '')
    .replaceAll(/[OIL]/g, (letter) => takenFor[letter]!);
  return code.length === codeLength && [...code].every((digit) => digits.includes(digit)) ? code : undefined;
}
