import { fromNumbers, type State, toColumn } from '@sestante/engagement';

export function toState(bytes: Buffer): State {
  // A copy: the buffer of the driver may begin at any byte.
  const copy = new Uint8Array(bytes);
  return fromNumbers(new Float64Array(copy.buffer, 0, copy.length / Float64Array.BYTES_PER_ELEMENT));
}

/** Many states as one binary parameter (64-bit floats, little-endian), which a statement splits by `bytes`. At least one state. */
export function packStates(states: readonly State[]): { readonly column: Buffer; readonly bytes: number } {
  const column = Buffer.from(toColumn(states).buffer);
  return { column, bytes: column.length / states.length };
}
