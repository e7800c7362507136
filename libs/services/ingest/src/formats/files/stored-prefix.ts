import { Problem } from '@sestante/runtime';
import { crc32 } from 'node:zlib';
import type { FileLine } from './line.ts';

/** A position in a file, after a number of lines. */
export interface FilePosition {
  /** The number of lines before it. */
  readonly lines: number;
  /** CRC-32 of these lines, to recognise the file. */
  readonly crc: number;
}

/** Skips the beginning of a file, which is stored already, and verifies that it is the same. */
export class StoredPrefix {
  /** The current position, with the skipped lines. */
  position: FilePosition;

  constructor(
    private readonly stored: FilePosition,
    /** Whether the upload starts after the stored lines. */
    isSkipped: boolean,
  ) {
    this.position = isSkipped ? stored : { lines: 0, crc: 0 };
  }

  /** Whether a line is after the stored ones. Throws `Problem` 400 if the file differs. */
  isNew(line: FileLine): boolean {
    if (line.last <= this.position.lines) return false;
    const isAfter = this.position.lines >= this.stored.lines;
    this.position = { lines: line.last, crc: crc32(line.bytes, this.position.crc) };
    if (!isAfter && this.position.lines >= this.stored.lines) this.assertSame();
    return isAfter;
  }

  /** Call it at the end of the file. */
  end(): void {
    if (this.position.lines < this.stored.lines) this.assertSame();
  }

  private assertSame(): void {
    if (this.position.lines === this.stored.lines && this.position.crc === this.stored.crc) return;
    throw new Problem(
      400,
      'file-differs',
      `The first ${this.stored.lines} lines of the file differ from the stored ones. Use a new import id for another file.`,
    );
  }
}
