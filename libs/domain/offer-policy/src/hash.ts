/** The number of possible hashes: one more than the greatest hash. */
export const hashRange = 2 ** 53;

/**
 * A hash of a text or of bytes, evenly distributed over the whole numbers 0..2^53 − 1. Not for secrets.
 * It must never change: holdouts and codes depend on it.
 *
 * Source: cyrb53 by bryc (public domain), two 32-bit multiply-xor lanes with the final mix of MurmurHash3.
 */
export function hash(seed: Uint8Array | string): number {
  let one = 0xdeadbeef;
  let other = 0x41c6ce57;
  for (let index = 0; index < seed.length; index++) {
    const unit = typeof seed === 'string' ? seed.charCodeAt(index) : (seed[index] ?? 0);
    one = Math.imul(one ^ unit, 0x9e3779b1);
    other = Math.imul(other ^ unit, 0x5f356495);
  }
  one = mix(one, other);
  other = mix(other, one);
  return (other & 0x1fffff) * 2 ** 32 + (one >>> 0);
}

function mix(lane: number, other: number): number {
  return Math.imul(lane ^ (lane >>> 16), 0x85ebca6b) ^ Math.imul(other ^ (other >>> 13), 0xc2b2ae35);
}
