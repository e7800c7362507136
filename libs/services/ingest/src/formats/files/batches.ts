import { StoredPrefix, type FilePosition } from './stored-prefix.ts';
import type { FileFormat, FileLine } from './line.ts';
import { Splitter } from './splitter.ts';
import { type Unit, Units } from './units.ts';

/** The limits of a batch of lines that is stored together. No more of a file than that is in memory. */
export const mostLinesOfBatch = 500;
export const mostBytesOfBatch = 1024 * 1024;

/** Units of a file, and the stored position after them. */
export interface Batch {
  readonly units: readonly Unit[];
  readonly until: FilePosition;
}

export interface BatchOptions {
  /** The position up to which the file was stored before. */
  readonly stored: FilePosition;
  /** The number of the first line of the upload. A header precedes it in any case. */
  readonly from: number;
  /** The most units of a batch. */
  readonly mostLines: number;
  /** Whether the file was corrected: then stored lines are returned, too, as each line is compared. */
  readonly isCorrected?: boolean;
}

/**
 * The lines of a file that are not stored yet, in batches. A batch never splits an event. If the upload breaks off, the last batch is returned before
 * the error, without an unfinished line or event. Throws `Problem` 400 if the prefix of the file differs from the stored one, or if the header is
 * invalid.
 */
export async function* batchesOf(
  pieces: AsyncIterable<Buffer>,
  format: FileFormat,
  { stored, from, mostLines, isCorrected = false }: BatchOptions,
): AsyncGenerator<Batch, void> {
  let units: Unit[] = [];
  let bytes = 0;
  const nextBatch = (): Batch => {
    const batch = { units, until: units.at(-1)!.until };
    [units, bytes] = [[], 0];
    return batch;
  };
  try {
    for await (const portion of unitsOf(pieces, format, { stored, from, isCorrected })) {
      for (const unit of portion) {
        for (const line of unit.lines) bytes += line.bytes.length;
        if (units.push(unit) >= mostLines || bytes >= mostBytesOfBatch) yield nextBatch();
      }
    }
  } catch (error) {
    if (units.length > 0) yield nextBatch();
    throw error;
  }
  if (units.length > 0) yield nextBatch();
}

/** The complete units of each piece of a file. */
async function* unitsOf(
  pieces: AsyncIterable<Buffer>,
  format: FileFormat,
  { stored, from, isCorrected }: Omit<BatchOptions, 'mostLines'>,
): AsyncGenerator<Iterable<Unit>> {
  const prefix = new StoredPrefix(stored, from > 1);
  const units = new Units(format);
  function* unitsIn(lines: Iterable<FileLine>): Generator<Unit> {
    for (const line of lines) {
      if (line.number === format.headerLine?.()) format.readHeader?.(line);
      if (prefix.isNew(line) || isCorrected) yield* units.add(line, prefix.position);
    }
  }
  const splitter = new Splitter(format, from);
  for await (const piece of pieces) yield unitsIn(splitter.push(piece));
  yield unitsIn(splitter.end());
  prefix.end();
  yield units.end();
}
