import { InvalidInstant } from './monthly/month.ts';

/**
 * Columns of a batch as array parameters in Postgres's binary format, for `unnest($1::uuid[], …)`. The driver sends a buffer as it is. As a text, an
 * array costs both sides several times as much: every element is escaped here, and parsed there.
 */

/** Object ids of element types, from `pg_type`. */
const oids = {
  bytea: 17,
  bigint: 20,
  int: 23,
  text: 25,
  json: 114,
  double: 701,
  timestamptz: 1184,
  uuid: 2950,
} as const;
const headBytes = 20;
/** The length of an element that is null. */
const nullLength = -1;
/** 2000-01-01, from which Postgres counts microseconds. */
const epochMs = 946_684_800_000;
const [uuidBytes, canonicalLength] = [16, 36];

/** UUIDs in the canonical form with hyphens. Throws `InvalidUuid`. */
export function uuidArray(ids: readonly string[]): Buffer {
  const array = arrayOf('uuid', ids.length, (4 + uuidBytes) * ids.length);
  let at = headBytes;
  for (const id of ids) {
    at = array.writeInt32BE(uuidBytes, at);
    at = writeUuid(array, id, at);
  }
  return array;
}

/** Digit by digit, because an event has ten of them: other ways make several texts of each. Returns the place after it. */
function writeUuid(array: Buffer, id: string, start: number): number {
  if (id.length !== canonicalLength) throw new InvalidUuid();
  let at = start;
  for (let index = 0; index < canonicalLength; index += 2) {
    if (isHyphenAt(index)) {
      if (id[index] !== '-') throw new InvalidUuid();
      index += 1;
    }
    const byte = (digitAt(id, index) << 4) | digitAt(id, index + 1);
    if (byte > 255) throw new InvalidUuid();
    array[at] = byte;
    at += 1;
  }
  return at;
}

const isHyphenAt = (index: number) => index === 8 || index === 13 || index === 18 || index === 23;

const notADigit = 0x1000;
const hexDigits = new Uint16Array(128).fill(notADigit);
for (const [value, digit] of [...'0123456789abcdef'].entries()) {
  hexDigits[digit.charCodeAt(0)] = value;
  hexDigits[digit.toUpperCase().charCodeAt(0)] = value;
}

/** The value of a hexadecimal digit, or `notADigit`. */
function digitAt(text: string, index: number): number {
  return hexDigits[text.charCodeAt(index)] ?? notADigit;
}

/** Instants in milliseconds since 1970. Throws `InvalidInstant`. */
export function timestampArray(instants: readonly (number | null)[]): Buffer {
  const array = arrayOf('timestamptz', instants.length, 12 * instants.length);
  let at = headBytes;
  for (const instant of instants) {
    if (instant === null) {
      at = array.writeInt32BE(nullLength, at);
      continue;
    }
    if (!Number.isFinite(instant)) throw new InvalidInstant(instant);
    at = array.writeInt32BE(8, at);
    const ms = Math.round(instant) - epochMs;
    const isExact = Number.isSafeInteger(ms * 1_000);
    at = isExact ? writeInt64(array, ms * 1_000, at) : array.writeBigInt64BE(BigInt(ms) * 1_000n, at);
  }
  return array.subarray(0, at);
}

/** Whole numbers that a JavaScript number holds exactly. */
export function bigintArray(numbers: readonly number[]): Buffer {
  const array = arrayOf('bigint', numbers.length, 12 * numbers.length);
  let at = headBytes;
  for (const number of numbers) {
    at = array.writeInt32BE(8, at);
    at = writeInt64(array, number, at);
  }
  return array;
}

/** Double precision; infinite numbers, too. */
export function doubleArray(numbers: readonly (number | null)[]): Buffer {
  const array = arrayOf('double', numbers.length, 12 * numbers.length);
  let at = headBytes;
  for (const number of numbers) {
    at = array.writeInt32BE(number === null ? nullLength : 8, at);
    if (number !== null) at = array.writeDoubleBE(number, at);
  }
  return array.subarray(0, at);
}

/** By halves: an event has ten of them, and a `BigInt` is an object. Returns the place after it. */
function writeInt64(array: Buffer, number: number, at: number): number {
  if (!Number.isSafeInteger(number)) return array.writeBigInt64BE(BigInt(number), at);
  const high = Math.floor(number / 2 ** 32);
  array.writeInt32BE(high, at);
  return array.writeUInt32BE(number - high * 2 ** 32, at + 4);
}

export function intArray(numbers: readonly (number | null)[]): Buffer {
  const array = arrayOf('int', numbers.length, 8 * numbers.length);
  let at = headBytes;
  for (const number of numbers) {
    at = array.writeInt32BE(number === null ? nullLength : 4, at);
    if (number !== null) at = array.writeInt32BE(number, at);
  }
  return array.subarray(0, at);
}

export function textArray(texts: readonly (string | null)[]): Buffer {
  return variableArray('text', texts);
}

/** JSON documents as texts. */
export function jsonArray(texts: readonly (string | null)[]): Buffer {
  return variableArray('json', texts);
}

export function byteaArray(values: readonly (Uint8Array | null)[]): Buffer {
  const array = arrayOf(
    'bytea',
    values.length,
    values.reduce((sum, value) => sum + 4 + (value?.length ?? 0), 0),
  );
  let at = headBytes;
  for (const value of values) {
    at = array.writeInt32BE(value === null ? nullLength : value.length, at);
    if (value === null) continue;
    array.set(value, at);
    at += value.length;
  }
  return array;
}

/** An array of one dimension without its elements. Its memory comes from the pool of Node if it is small. */
function arrayOf(type: keyof typeof oids, count: number, bytes: number): Buffer {
  const array = Buffer.allocUnsafe(headBytes + bytes);
  let at = array.writeInt32BE(count === 0 ? 0 : 1, 0);
  // 1: there may be nulls.
  at = array.writeInt32BE(1, at);
  at = array.writeInt32BE(oids[type], at);
  at = array.writeInt32BE(count, at);
  array.writeInt32BE(1, at);
  return count === 0 ? array.subarray(0, 12) : array;
}

function variableArray(type: 'text' | 'json', texts: readonly (string | null)[]): Buffer {
  const sizes = texts.map((text) => (text === null ? 0 : Buffer.byteLength(text)));
  const array = arrayOf(
    type,
    texts.length,
    sizes.reduce((sum, size) => sum + 4 + size, 0),
  );
  let at = headBytes;
  for (const [index, text] of texts.entries()) {
    at = array.writeInt32BE(text === null ? nullLength : sizes[index]!, at);
    if (text !== null) at += array.write(text, at, 'utf8');
  }
  return array;
}

/** A text that is not a UUID. Not retriable. */
export class InvalidUuid extends Error {
  readonly code = 'invalid-uuid';
  readonly retriable = false;
  constructor() {
    super('An id is not a UUID.');
    this.name = 'InvalidUuid';
  }
}
