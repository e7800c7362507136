import { Beginning, type Place } from './beginning.ts';
import type { FileFormat, FileLine } from './line.ts';
import { Splitter } from './splitter.ts';

/** Lines are kept together, so many of them or so many bytes at most: no more of a file is ever in memory. */
export const mostLinesOfBatch = 500;
export const mostBytesOfBatch = 1024 * 1024;

/** Lines of a file, and how far it is kept when they are. */
export interface Batch {
  readonly lines: readonly FileLine[];
  readonly until: Place;
}

export interface Stretch {
  /** How far the file has been kept before. */
  readonly kept: Place;
  /** The number of the first line that comes; a header comes before it all the same. */
  readonly from: number;
  /** The most lines of a batch. */
  readonly mostLines: number;
}

/**
 * The lines of a file that are not kept yet, in batches. Where the file breaks off, the last batch comes before the error, without a line that
 * has no end. Throws `Problem` 400 where it is not the file of which the beginning is kept, or has no header that can be one.
 */
export async function* batchesOf(
  pieces: AsyncIterable<Buffer>,
  format: FileFormat,
  { kept, from, mostLines }: Stretch,
): AsyncGenerator<Batch, void> {
  const beginning = new Beginning(kept, from > 1);
  let lines: FileLine[] = [];
  let bytes = 0;
  const gathered = (): Batch => {
    const batch = { lines, until: beginning.place };
    [lines, bytes] = [[], 0];
    return batch;
  };
  try {
    for await (const portion of portionsOf(pieces, new Splitter(format, from))) {
      for (const line of portion) {
        if (line.number === 1) format.takeHeader?.(line);
        if (!beginning.isBeyond(line)) continue;
        bytes += line.bytes.length;
        if (lines.push(line) >= mostLines || bytes >= mostBytesOfBatch) yield gathered();
      }
    }
    beginning.end();
  } catch (error) {
    if (lines.length > 0) yield gathered();
    throw error;
  }
  if (lines.length > 0) yield gathered();
}

async function* portionsOf(pieces: AsyncIterable<Buffer>, splitter: Splitter): AsyncGenerator<Iterable<FileLine>> {
  for await (const piece of pieces) yield splitter.take(piece);
  yield splitter.end();
}
