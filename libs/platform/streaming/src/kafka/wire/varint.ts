/**
 * Variable-length integers of Kafka's records: zigzag, then seven bits a byte, the lowest first. Integers of 32 bits, which nearly all are, are
 * read and written without BigInt.
 */

/** The number of bytes of `value`, an integer of 32 bits. */
export function sizeOfVarInt(value: number): number {
  const bits = ((value << 1) ^ (value >> 31)) >>> 0;
  if (bits < 0x80) return 1;
  if (bits < 0x4000) return 2;
  if (bits < 0x20_0000) return 3;
  return bits < 0x1000_0000 ? 4 : 5;
}

/** Writes `value`, an integer of 32 bits, at a position. Returns the position after it. */
export function writeVarInt(buffer: Buffer, at: number, value: number): number {
  let bits = ((value << 1) ^ (value >> 31)) >>> 0;
  let next = at;
  for (; bits > 0x7f; bits >>>= 7) buffer[next++] = (bits & 0x7f) | 0x80;
  buffer[next++] = bits;
  return next;
}

/** The number of bytes of `value`, an integer of 64 bits. Like kafkajs, it takes NaN for 0. */
export function sizeOfVarLong(value: number): number {
  if (isInt32(value)) return sizeOfVarInt(value);
  let size = 1;
  for (let bits = zigzag64(value); bits > 0x7fn; bits >>= 7n) size++;
  return size;
}

/** Writes `value`, an integer of 64 bits, at a position. Returns the position after it. */
export function writeVarLong(buffer: Buffer, at: number, value: number): number {
  if (isInt32(value)) return writeVarInt(buffer, at, value);
  let bits = zigzag64(value);
  let next = at;
  for (; bits > 0x7fn; bits >>= 7n) buffer[next++] = Number(bits & 0x7fn) | 0x80;
  buffer[next++] = Number(bits);
  return next;
}

function isInt32(value: number): boolean {
  return (value | 0) === value;
}

function zigzag64(value: number): bigint {
  const long = Number.isNaN(value) ? 0n : BigInt(value);
  return BigInt.asUintN(64, (long << 1n) ^ (long >> 63n));
}
