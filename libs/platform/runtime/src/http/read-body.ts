import { isUtf8 } from 'node:buffer';
import { createGunzip } from 'node:zlib';
import type { Readable } from 'node:stream';
import { parse } from 'secure-json-parse';
import { turnBatches } from './turn-batches.ts';
import { discard } from './body-stream.ts';
import type { BodyReservation } from './body-budget.ts';
import { Problem } from './problem.ts';

/** The largest body in bytes, as received and decompressed. */
export const largestBodyBytes = 500 * 1024;
export const largestUnzippedBytes = 4 * 1024 * 1024;
/** Above 64 KiB, a gzip body may decompress to at most 100 times its size. Events reach 10 to 20 times; the limit makes attacks expensive for the sender. */
export const alwaysUnzippedBytes = 64 * 1024;
export const maxUnzipRatio = 100;
/** A body that is too large is read up to this size before it is refused: many clients read the response only after they have sent everything. */
export const largestRefusedBytes = 16 * 1024 * 1024;

const turn = turnBatches();

/**
 * Reads a JSON body with any content type (tracking SDKs send text/plain and form headers), decompresses it if it is gzip, and removes keys
 * that would change prototypes. Throws `Problem`: 413 if it is too large, 400 if it is not JSON, not in UTF-8 or not gzip, 429 if the budget is exhausted.
 */
export async function readJsonBody(
  payload: Readable,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  reservation: BodyReservation,
): Promise<unknown> {
  const limits = { max: largestBodyBytes, maxRefused: largestRefusedBytes };
  const raw = await gather(payload, reservation, limits, () => discard(payload));
  await turn();
  const bytes = isGzip(raw, headers['content-encoding']) ? await unzip(raw, reservation) : raw;
  if (bytes.length === 0) return undefined;
  // Without the check, böhm and bähm would become one person: invalid bytes are all decoded as U+FFFD. It costs 0.1 µs for a body of 1 KB.
  if (!isUtf8(bytes))
    throw new Problem(
      400,
      'not-utf8',
      'The body is not valid UTF-8, which JSON requires. Convert it to UTF-8 before sending.',
    );
  try {
    return parse(bytes, undefined, { protoAction: 'remove', constructorAction: 'remove' }) as unknown;
  } catch {
    throw new Problem(400, 'not-json', 'The body is not valid JSON.');
  }
}

/** Some SDKs compress without the header, so the first two bytes decide as well. */
function isGzip(bytes: Buffer, encoding: unknown): boolean {
  return String(encoding).toLowerCase() === 'gzip' || (bytes[0] === 0x1f && bytes[1] === 0x8b);
}

/**
 * All bytes, at most `max`. A refused body is read up to `maxRefused` bytes, then `leave` is called. It uses events because an async iterator
 * costs as much as the parsing.
 */
function gather(
  readable: Readable,
  reservation: BodyReservation,
  { max, maxRefused }: { max: number; maxRefused: number },
  leave: () => void,
): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const chunks: Buffer[] = [];
  let size = 0;
  let refusal: Problem | undefined;
  const refuse = (reason: Problem) => {
    refusal = reason;
    chunks.length = 0;
    reservation.release();
  };
  const keep = (chunk: Buffer) => {
    try {
      if (size > max) throw new Problem(413, 'body-too-large', `The body is larger than ${max} bytes.`);
      reservation.reserve(chunk.length);
      chunks.push(chunk);
    } catch (error) {
      refuse(error as Problem);
    }
  };
  const end = () => {
    if (refusal) reject(refusal);
    else resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
  };
  const onData = (chunk: Buffer) => {
    size += chunk.length;
    if (!refusal) keep(chunk);
    if (!refusal || size <= maxRefused) return;
    readable.off('data', onData);
    end();
    leave();
  };
  readable
    .on('data', onData)
    .on('end', end)
    .on('error', reject)
    .on('close', () => {
      // Also emitted after the end; creating an error costs as much as the parsing.
      if (!readable.readableEnded) reject(new Error('The connection was closed before the whole body had arrived.'));
    });
  return promise;
}

async function unzip(bytes: Buffer, reservation: BodyReservation): Promise<Buffer> {
  const gunzip = createGunzip();
  gunzip.end(bytes);
  try {
    return await gather(gunzip, reservation, { max: maxUnzippedBytes(bytes.length), maxRefused: 0 }, () =>
      gunzip.destroy(),
    );
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(400, 'not-gzip', 'The body is declared as gzip, but cannot be decompressed.');
  }
}

function maxUnzippedBytes(zipped: number): number {
  return Math.min(largestUnzippedBytes, Math.max(alwaysUnzippedBytes, zipped * maxUnzipRatio));
}
