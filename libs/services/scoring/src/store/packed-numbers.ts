const most = 255;
const floatBytes = Float64Array.BYTES_PER_ELEMENT;
const bitmapBytes = (count: number) => Math.ceil(count / 8);

/** Filled anew by each call: thousands of states are packed in a second. Typed arrays are little-endian wherever Node runs. */
const head = new Uint8Array(1 + bitmapBytes(most));
const floats = new Float64Array(most);
const floatsAsBytes = new Uint8Array(floats.buffer);

/**
 * Numbers of which many are the same: one byte with their count, a bit for each of them, and those that are not `blank` as 64-bit floats, little-endian.
 *
 * A −0 is packed as a blank 0.
 *
 * @throws RangeError for more than 255 numbers
 */
export function packNumbers(numbers: readonly number[], blank: number): Uint8Array {
  const count = numbers.length;
  if (count > most) throw new RangeError(`At most ${most} numbers can be packed, got ${count}.`);
  const isBlank = Number.isNaN(blank) ? Number.isNaN : (number: number) => number === blank;
  head.fill(0);
  head[0] = count;
  let kept = 0;
  for (let index = 0; index < count; index += 1) {
    const number = numbers[index]!;
    if (isBlank(number)) continue;
    head[1 + (index >> 3)]! |= 1 << (index & 7);
    floats[kept] = number;
    kept += 1;
  }
  const start = 1 + bitmapBytes(count);
  const bytes = Buffer.allocUnsafe(start + kept * floatBytes);
  bytes.set(head.subarray(0, start));
  bytes.set(floatsAsBytes.subarray(0, kept * floatBytes), start);
  return bytes;
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
