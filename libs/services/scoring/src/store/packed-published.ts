import { elements } from '@sestante/engagement';
import type { PublishedElements } from '../translate.ts';

const numbersInRow = 2 * elements.length;
const none = new Array<number>(numbersInRow).fill(Number.NaN);

/** The bytes of one row: its numbers as 64-bit floats, little-endian. */
export const publishedBytes = numbersInRow * Float64Array.BYTES_PER_ELEMENT;

/** Published scores as one binary parameter, which a statement splits by `publishedBytes`. None is packed as 12 unknown scores. */
export function packPublished(rows: readonly { readonly published: PublishedElements | undefined }[]): Buffer {
  const column = new Float64Array(rows.length * numbersInRow);
  for (const [index, { published }] of rows.entries()) column.set(published ?? none, index * numbersInRow);
  return Buffer.from(column.buffer);
}

export function toPublishedElements(bytes: Buffer): PublishedElements {
  return [...new Float64Array(new Uint8Array(bytes).buffer)];
}
