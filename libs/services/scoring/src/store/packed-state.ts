import { fromNumbers, type State } from '@sestante/engagement';
import type { PublishedElements } from '../translate.ts';
import { packNumbers, unpackNumbers } from './packed-numbers.ts';

/** A state as a column: most of its numbers are 0. */
export function packState(state: State): Uint8Array {
  return packNumbers(state, 0);
}

/** The inverse of `packState`. Throws `RangeError` for bytes that are not a state. */
export function toState(bytes: Uint8Array): State {
  return fromNumbers(unpackNumbers(bytes, 0));
}

/** Published scores as a column: those that are unknown are `NaN`. */
export function packPublished(published: PublishedElements | undefined): Uint8Array | null {
  return published ? packNumbers(published, Number.NaN) : null;
}

/** The inverse of `packPublished`. */
export function toPublished(bytes: Uint8Array | null): PublishedElements | undefined {
  return bytes ? unpackNumbers(bytes, Number.NaN) : undefined;
}
