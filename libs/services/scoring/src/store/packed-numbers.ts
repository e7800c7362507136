/**
 * Numbers of which many are the same: one byte with their count, a bit for each of them, and those that are not `blank` as 64-bit floats, little-endian.
 *
 * @throws RangeError for more than 255 numbers
 */
export function packNumbers(numbers: readonly number[], blank: number): Uint8Array {
  if (numbers.length > 255) throw new RangeError(`At most 255 numbers can be packed, got ${numbers.length}.`);
  const start = 1 + bitmapBytes(numbers.length);
  const bytes = Buffer.allocUnsafe(start + numbers.length * floatBytes).fill(0, 0, start);
  bytes[0] = numbers.length;
  let at = start;
  for (const [index, number] of numbers.entries()) {
    if (Object.is(number, blank)) continue;
    bytes[1 + (index >> 3)]! |= 1 << (index & 7);
    at = bytes.writeDoubleLE(number, at);
  }
  return bytes.subarray(0, at);
}

/**
 * The inverse of `packNumbers`.
 *
 * @throws RangeError if the bytes do not hold the numbers that they announce.
 */
export function unpackNumbers(bytes: Uint8Array, blank: number): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = bytes[0] ?? 0;
  const numbers: number[] = [];
  let at = 1 + bitmapBytes(count);
  for (let index = 0; index < count; index += 1) {
    const isBlank = (view.getUint8(1 + (index >> 3)) & (1 << (index & 7))) === 0;
    numbers.push(isBlank ? blank : view.getFloat64(at, true));
    if (!isBlank) at += floatBytes;
  }
  if (at !== bytes.length) throw new RangeError(`${count} numbers must have ${at} bytes, got ${bytes.length}.`);
  return numbers;
}

const floatBytes = Float64Array.BYTES_PER_ELEMENT;
const bitmapBytes = (count: number) => Math.ceil(count / 8);
