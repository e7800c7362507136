import { Beginning, type Place } from './beginning.ts';
import type { FileFormat, FileLine } from './line.ts';
import { Splitter } from './splitter.ts';
import { type Unit, Units } from './units.ts';

/** Lines are kept together, so many of them or so many bytes at most: no more of a file is ever in memory. */
export const mostLinesOfBatch = 500;
export const mostBytesOfBatch = 1024 * 1024;

/** Units of a file, and how far it is kept when they are. */
export interface Batch {
  readonly units: readonly Unit[];
  readonly until: Place;
}

export interface Stretch {
  /** How far the file has been kept before. */
  readonly kept: Place;
  /** The number of the first line that comes; a header comes before it all the same. */
  readonly from: number;
  /** The most units of a batch. */
  readonly mostLines: number;
  /** What is kept comes in batches, too: the file was mended, and each line is looked at. */
  readonly isMended?: boolean;
}

/**
 * The lines of a file that are not kept yet, in batches, which cut no event. Where the file breaks off, the last batch comes before the error,
 * without a line that has no end, and without an event of which more lines may come. Throws `Problem` 400 where it is not the file of which the
 * beginning is kept, or has no header that can be one.
 */
export async function* batchesOf(
  pieces: AsyncIterable<Buffer>,
  format: FileFormat,
  { kept, from, mostLines, isMended = false }: Stretch,
): AsyncGenerator<Batch, void> {
  let units: Unit[] = [];
  let bytes = 0;
  const gathered = (): Batch => {
    const batch = { units, until: units.at(-1)!.until };
    [units, bytes] = [[], 0];
    return batch;
  };
  try {
    for await (const portion of unitsOf(pieces, format, { kept, from, isMended })) {
      for (const unit of portion) {
        for (const line of unit.lines) bytes += line.bytes.length;
        if (units.push(unit) >= mostLines || bytes >= mostBytesOfBatch) yield gathered();
      }
    }
  } catch (error) {
    if (units.length > 0) yield gathered();
    throw error;
  }
  if (units.length > 0) yield gathered();
}

/** What is whole of each piece of a file. */
async function* unitsOf(
  pieces: AsyncIterable<Buffer>,
  format: FileFormat,
  { kept, from, isMended }: Omit<Stretch, 'mostLines'>,
): AsyncGenerator<Iterable<Unit>> {
  const beginning = new Beginning(kept, from > 1);
  const units = new Units(format);
  function* taken(lines: Iterable<FileLine>): Generator<Unit> {
    for (const line of lines) {
      if (line.number === format.headerLine?.()) format.takeHeader?.(line);
      if (beginning.isBeyond(line) || isMended) yield* units.take(line, beginning.place);
    }
  }
  const splitter = new Splitter(format, from);
  for await (const piece of pieces) yield taken(splitter.take(piece));
  yield taken(splitter.end());
  beginning.end();
  yield units.end();
}
