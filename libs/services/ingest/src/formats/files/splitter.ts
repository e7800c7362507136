import { type FileFormat, type FileLine, keptBytesOfLongLine, lineFeed, longestLineBytes } from './line.ts';

const carriageReturn = 0x0d;
const byteOrderMark = Buffer.from('\ufeff');

/** Splits the pieces of a file into lines. It retains only the line that has not ended yet. */
export class Splitter {
  private rest: Buffer = Buffer.alloc(0);
  /** The beginning of a line that is too long, until its end is found. */
  private long: Buffer | undefined;
  private isAtStart = true;
  /** The number of the next line. */
  private next: number;

  constructor(
    private readonly format: FileFormat,
    /** The number of the first line; with a header, of the line after it. */
    private readonly from: number,
  ) {
    this.next = format.readHeader ? 1 : from;
  }

  push(piece: Buffer): Generator<FileLine> {
    return this.cut(this.rest.length === 0 ? piece : Buffer.concat([this.rest, piece]), false);
  }

  /** Call it at the end of the file. */
  end(): Generator<FileLine> {
    return this.cut(this.rest, true);
  }

  private *cut(bytes: Buffer, isLast: boolean): Generator<FileLine> {
    let from = 0;
    for (;;) {
      const end = this.long ? bytes.indexOf(lineFeed, from) : this.format.endOf(bytes, from, isLast);
      if (end === -1) break;
      yield this.line(bytes.subarray(from, end));
      from = end + 1;
    }
    this.rest = bytes.subarray(from);
    if (this.long || this.rest.length > longestLineBytes) {
      this.long ??= beginningOf(this.rest);
      this.rest = Buffer.alloc(0);
    }
    if (isLast && (this.long || this.rest.length > 0)) yield this.line(this.rest);
  }

  private line(raw: Buffer): FileLine {
    const isTooLong = this.long !== undefined || raw.length > longestLineBytes;
    const bytes = isTooLong ? (this.long ?? beginningOf(raw)) : this.bare(raw);
    const number = this.next;
    const last = number + (isTooLong ? 0 : feedsIn(bytes));
    this.long = undefined;
    this.isAtStart = false;
    this.next = number < (this.format.headerLine?.() ?? 0) ? last + 1 : Math.max(last + 1, this.from);
    return { number, last, bytes, isTooLong };
  }

  private bare(raw: Buffer): Buffer {
    const from =
      this.isAtStart && raw.subarray(0, byteOrderMark.length).equals(byteOrderMark) ? byteOrderMark.length : 0;
    return raw.subarray(from, raw.at(-1) === carriageReturn ? raw.length - 1 : raw.length);
  }
}

/** A copy, so that the whole piece is not retained in memory. */
const beginningOf = (bytes: Buffer) => Buffer.from(bytes.subarray(0, keptBytesOfLongLine));

function feedsIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(lineFeed); at !== -1; at = bytes.indexOf(lineFeed, at + 1)) count += 1;
  return count;
}
