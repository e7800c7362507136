import { isUtf8 } from 'node:buffer';
import { createGunzip } from 'node:zlib';
import type { Readable } from 'node:stream';
import { parse } from 'secure-json-parse';
import { turnBatches } from './turn-batches.ts';
import { discard } from './body-stream.ts';
import type { HeldBody } from './held-bodies.ts';
import { Problem } from './problem.ts';

/** The most bytes of a body as it comes over the wire, and unzipped. */
export const largestBodyBytes = 500 * 1024;
export const largestUnzippedBytes = 4 * 1024 * 1024;
/** Beyond so many bytes, gzip may unzip to so many times what came. Events come to 10 or 20; whoever wants to keep us busy has to send something for it. */
export const alwaysUnzippedBytes = 64 * 1024;
export const mostTimesUnzipped = 100;
/** A larger body is read up to here before it is refused: many clients listen only after they have sent everything. */
export const largestRefusedBytes = 16 * 1024 * 1024;

const turn = turnBatches();

/**
 * Reads a JSON body whatever its content type says (tracking SDKs send text/plain and form headers), unzips it if it is gzip, and drops
 * keys that reach prototypes. Throws `Problem`: 413 when it is too large, 400 when it is not JSON, not in UTF-8 or not gzip, 429 when there is no room for it.
 */
export async function readJsonBody(
  payload: Readable,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  held: HeldBody,
): Promise<unknown> {
  const limits = { most: largestBodyBytes, patience: largestRefusedBytes };
  const raw = await gather(payload, held, limits, () => discard(payload));
  await turn();
  const bytes = isGzip(raw, headers['content-encoding']) ? await unzip(raw, held) : raw;
  if (bytes.length === 0) return undefined;
  // Read all the same, böhm and bähm would be one person: both have the sign for what is no character. It costs 0.1 µs for a body of 1 KB.
  if (!isUtf8(bytes))
    throw new Problem(400, 'not-utf8', 'The body is not in UTF-8, as JSON has to be: convert it before it is sent.');
  try {
    return parse(bytes, undefined, { protoAction: 'remove', constructorAction: 'remove' }) as unknown;
  } catch {
    throw new Problem(400, 'not-json', 'The body is not JSON.');
  }
}

/** Some SDKs zip without saying so, so the first two bytes decide as well. */
function isGzip(bytes: Buffer, encoding: unknown): boolean {
  return String(encoding).toLowerCase() === 'gzip' || (bytes[0] === 0x1f && bytes[1] === 0x8b);
}

/**
 * All bytes, at most `most`. What is refused is read on to `patience`, and then left. By events: an async iterator costs as much as the parsing.
 */
function gather(
  readable: Readable,
  held: HeldBody,
  { most, patience }: { most: number; patience: number },
  leave: () => void,
): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const chunks: Buffer[] = [];
  let size = 0;
  let refusal: Problem | undefined;
  const refuse = (reason: Problem) => {
    refusal = reason;
    chunks.length = 0;
    held.release();
  };
  const take = (chunk: Buffer) => {
    try {
      if (size > most) throw new Problem(413, 'body-too-large', `The body is larger than ${most} bytes.`);
      held.hold(chunk.length);
      chunks.push(chunk);
    } catch (error) {
      refuse(error as Problem);
    }
  };
  const end = () => {
    if (refusal) reject(refusal);
    else resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
  };
  const see = (chunk: Buffer) => {
    size += chunk.length;
    if (!refusal) take(chunk);
    if (!refusal || size <= patience) return;
    readable.off('data', see);
    end();
    leave();
  };
  readable
    .on('data', see)
    .on('end', end)
    .on('error', reject)
    .on('close', () => {
      // It closes after its end, too, and an error costs as much as the parsing.
      if (!readable.readableEnded) reject(new Error('The body broke off.'));
    });
  return promise;
}

async function unzip(bytes: Buffer, held: HeldBody): Promise<Buffer> {
  const gunzip = createGunzip();
  gunzip.end(bytes);
  try {
    return await gather(gunzip, held, { most: mostUnzippedBytes(bytes.length), patience: 0 }, () => gunzip.destroy());
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(400, 'not-gzip', 'The body says that it is gzip, and is not.');
  }
}

function mostUnzippedBytes(zipped: number): number {
  return Math.min(largestUnzippedBytes, Math.max(alwaysUnzippedBytes, zipped * mostTimesUnzipped));
}
