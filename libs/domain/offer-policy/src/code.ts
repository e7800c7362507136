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
