import { Problem } from '@sestante/runtime';
import { crc32 } from 'node:zlib';
import type { FileLine } from './line.ts';

/** How far a file has come. */
export interface Place {
  /** Its first lines, so many of them. */
  readonly lines: number;
  /** CRC-32 of these lines, by which they are known again. */
  readonly crc: number;
}

/** Passes over the beginning of a file, which is kept already, and makes sure that it is the same. */
export class Beginning {
  /** How far the file has come, what is passed over with it. */
  place: Place;

  constructor(
    private readonly kept: Place,
    /** Whether what is kept does not come again. */
    isLeftOut: boolean,
  ) {
    this.place = isLeftOut ? kept : { lines: 0, crc: 0 };
  }

  /** Whether a line lies beyond. Throws `Problem` 400 where the file is another. */
  isBeyond(line: FileLine): boolean {
    if (line.last <= this.place.lines) return false;
    const isNew = this.place.lines >= this.kept.lines;
    this.place = { lines: line.last, crc: crc32(line.bytes, this.place.crc) };
    if (!isNew && this.place.lines >= this.kept.lines) this.assertSame();
    return isNew;
  }

  /** The file has ended. */
  end(): void {
    if (this.place.lines < this.kept.lines) this.assertSame();
  }

  private assertSame(): void {
    if (this.place.lines === this.kept.lines && this.place.crc === this.kept.crc) return;
    throw new Problem(
      400,
      'file-differs',
      `This is another file than the one of which ${this.kept.lines} lines are kept: give another file another id.`,
    );
  }
}
