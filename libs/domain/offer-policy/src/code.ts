import { hash } from './hash.ts';

/** Crockford's base 32: without I, L, O and U, so that characters are not confused at the till or on the phone. */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const codeLength = 10;

/**
 * The code that a customer shows to redeem an offer: ten characters, 50 bits, always the same for the same seed.
 * It is as hard to guess as its seed, up to 50 bits: use a random id. Two seeds share a code with a probability of
 * 1 in 2^50: the store of the codes must ensure that they are unique.
 *
 * @param seed the id of the offer, as text (used unchanged) or as bytes
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

/** Letters that people type instead of a digit of the alphabet. */
const lookAlikes: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' };

/** Spaces, hyphens, dashes, points, underscores and invisible characters. */
const separators = /[\s\p{Pd}\p{Default_Ignorable_Code_Point}._]/gu;

/**
 * Reads a typed code. Accepts lower case, groups, O for 0, and I or L for 1, as Crockford's alphabet allows.
 *
 * @returns undefined if it cannot be a code of an offer
 */
export function readCode(typed: string): string | undefined {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(separators, '')
    .replaceAll(/[OIL]/g, (letter) => lookAlikes[letter]!);
  return code.length === codeLength && [...code].every((digit) => digits.includes(digit)) ? code : undefined;
}
