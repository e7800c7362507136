import { fromNumbers, type State, toNumbers } from '@sestante/engagement';

/** A state as the bytes of its numbers (64-bit floats, little-endian). All states have the same length. */
export function toBytes(state: State): Buffer {
  const numbers = toNumbers(state);
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

export function toState(bytes: Buffer): State {
  // A copy: the buffer of the driver may begin at any byte.
  const copy = new Uint8Array(bytes);
  return fromNumbers(new Float64Array(copy.buffer, 0, copy.length / Float64Array.BYTES_PER_ELEMENT));
}

/** Many states as one binary parameter, which a statement splits by `bytes`. */
export function toColumn(states: readonly State[]): { readonly column: Buffer; readonly bytes: number } {
  const packed = states.map(toBytes);
  return { column: Buffer.concat(packed), bytes: packed[0]?.length ?? 0 };
}
