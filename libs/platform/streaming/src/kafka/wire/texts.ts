import type { Cursor } from './cursor.ts';

/**
 * Reads short texts that are mostly the same as in the record before, as the names and most values of headers are. Such a text is compared with the
 * bytes that were read last in its place, and not decoded again.
 */
export class Texts {
  private readonly starts: number[] = [];
  private readonly lengths: number[] = [];
  private readonly texts: string[] = [];

  /** The text at the cursor, with its length before it; null if the length is negative. `place` is its number in the record. */
  read(cursor: Cursor, place: number): string | null {
    const length = cursor.readVarInt();
    if (length < 0) return null;
    const start = cursor.at;
    cursor.at += length;
    if (this.lengths[place] === length && isRepeated(cursor.buffer, this.starts[place]!, start, length))
      return this.texts[place]!;
    this.starts[place] = start;
    this.lengths[place] = length;
    return (this.texts[place] = cursor.buffer.toString('utf8', start, cursor.at));
  }
}

function isRepeated(buffer: Buffer, before: number, now: number, length: number): boolean {
  for (let i = length - 1; i >= 0; i--) if (buffer[before + i] !== buffer[now + i]) return false;
  return true;
}
