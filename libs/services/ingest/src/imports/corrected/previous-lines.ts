import type { LineEntry } from './line-entry.ts';

/** A line of an earlier revision of the file. */
export interface PreviousLine extends Omit<LineEntry, 'hash'> {
  readonly revision: number;
}

const rejectedBit = 0x80;
export const mostRevisions = 100;

/**
 * The lines of earlier revisions of an import, by their content. Equal lines are separate entries, because they are separate events. A hash table
 * with 17 bytes a slot, because a file may have millions of lines.
 */
export class PreviousLines {
  private readonly hashes: Uint32Array;
  private readonly lines: Uint32Array;
  /** 0 for a free slot; otherwise the revision, and a bit for a rejected line. */
  private readonly marks: Uint8Array;
  private readonly isUsed: Uint8Array;
  private readonly mask: number;
  private firstAccepted = Infinity;
  private hasMatched = false;

  /** Creates a table for `count` lines. */
  constructor(count: number) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(count, 1) * 2));
    this.mask = slots - 1;
    this.hashes = new Uint32Array(slots * 2);
    this.lines = new Uint32Array(slots);
    this.marks = new Uint8Array(slots);
    this.isUsed = new Uint8Array(slots);
  }

  add({ hash, line, isRejected }: LineEntry, revision: number): void {
    let slot = this.slotOf(hash);
    while (this.marks[slot] !== 0) slot = (slot + 1) & this.mask;
    this.hashes[slot * 2] = hash.readUInt32LE(0);
    this.hashes[slot * 2 + 1] = hash.readUInt32LE(4);
    this.lines[slot] = line;
    this.marks[slot] = revision + (isRejected ? rejectedBit : 0);
    if (!isRejected) this.firstAccepted = Math.min(this.firstAccepted, line);
  }

  /** Finds the first line with this content that was not matched yet, and marks it as matched. */
  match(hash: Buffer): PreviousLine | undefined {
    const [low, high] = [hash.readUInt32LE(0), hash.readUInt32LE(4)];
    for (let slot = this.slotOf(hash); this.marks[slot] !== 0; slot = (slot + 1) & this.mask) {
      if (this.hashes[slot * 2] !== low || this.hashes[slot * 2 + 1] !== high || this.isUsed[slot] === 1) continue;
      this.isUsed[slot] = 1;
      this.hasMatched = true;
      const mark = this.marks[slot]!;
      const isRejected = mark >= rejectedBit;
      return { line: this.lines[slot]!, revision: isRejected ? mark - rejectedBit : mark, isRejected };
    }
    return undefined;
  }

  /** Whether the file must be another one: it contains none of the lines that were accepted up to this line. */
  isOtherFile(lastLine: number): boolean {
    return !this.hasMatched && this.firstAccepted <= lastLine;
  }

  private slotOf(hash: Buffer): number {
    return hash.readUInt32LE(0) & this.mask;
  }
}
