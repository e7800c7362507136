import { Problem } from '@sestante/runtime';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

const largestPiece = 64 * 1024;
const gzip = [0x1f, 0x8b];

/**
 * The pieces of a file, decompressed if it is gzip, by `isZipped` or its first two bytes. Throws `Problem` 400 if it is empty, or if the gzip data is
 * invalid or incomplete.
 */
export async function* unzipped(pieces: AsyncGenerator<Buffer>, isZipped: boolean): AsyncGenerator<Buffer, void> {
  const beginning = await firstTwoBytes(pieces);
  if (beginning.length === 0) throw new Problem(400, 'file-empty', 'The body is empty. Send the file as the body.');
  const whole = joined(beginning, pieces);
  if (isZipped || gzip.every((byte, index) => beginning[index] === byte)) yield* gunzipped(whole);
  else yield* whole;
}

async function firstTwoBytes(pieces: AsyncGenerator<Buffer>): Promise<Buffer> {
  let beginning = Buffer.alloc(0);
  while (beginning.length < gzip.length) {
    const { value, done } = await pieces.next();
    if (done) break;
    beginning = Buffer.concat([beginning, value]);
  }
  return beginning;
}

async function* joined(beginning: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer, void> {
  yield beginning;
  yield* rest;
}

async function* gunzipped(pieces: AsyncGenerator<Buffer>): AsyncGenerator<Buffer, void> {
  const zipped = Readable.from(pieces, { objectMode: true, highWaterMark: 1 });
  const gunzip = createGunzip({ chunkSize: largestPiece });
  pipeline(zipped, gunzip, () => undefined);
  try {
    yield* gunzip as AsyncIterable<Buffer>;
  } catch (error) {
    if (!(error as NodeJS.ErrnoException).code?.startsWith('Z_')) throw error;
    throw new Problem(400, 'not-gzip', `The file is not valid gzip: ${(error as Error).message}.`);
  }
}
