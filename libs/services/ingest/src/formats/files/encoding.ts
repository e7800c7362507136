import { type Encoding } from './mapping.ts';

const marks: readonly (readonly [Encoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];
const longestMark = 3;

/** A file whose pieces are converted to UTF-8. */
export interface DecodedFile {
  /** The original encoding. */
  readonly encoding: Encoding;
  readonly pieces: AsyncGenerator<Buffer, void>;
}

/**
 * Converts a file to UTF-8 before it is split into lines: in UTF-16, half a character may look like the end of a line. A byte order mark takes
 * precedence over the given encoding, as in browsers. Bytes that are invalid in the encoding become characters that `textOf` detects.
 */
export async function decoded(pieces: AsyncGenerator<Buffer, void>, given: Encoding): Promise<DecodedFile> {
  const beginning = await firstBytes(pieces);
  const marked = marks.find(([, mark]) => mark.every((byte, index) => beginning[index] === byte))?.[0];
  const encoding = marked ?? (given === 'auto' ? 'utf-8' : given);
  const whole = joined(beginning, pieces);
  return { encoding, pieces: encoding === 'utf-8' ? whole : inUtf8(whole, encoding) };
}

async function firstBytes(pieces: AsyncGenerator<Buffer, void>): Promise<Buffer> {
  let beginning = Buffer.alloc(0);
  while (beginning.length < longestMark) {
    const { value, done } = await pieces.next();
    if (done) break;
    beginning = Buffer.concat([beginning, value]);
  }
  return beginning;
}

async function* joined(beginning: Buffer, rest: AsyncGenerator<Buffer, void>): AsyncGenerator<Buffer, void> {
  if (beginning.length > 0) yield beginning;
  yield* rest;
}

async function* inUtf8(pieces: AsyncGenerator<Buffer, void>, encoding: Encoding): AsyncGenerator<Buffer, void> {
  const decoder = new TextDecoder(encoding);
  for await (const piece of pieces) {
    const text = decoder.decode(piece, { stream: true });
    if (text !== '') yield Buffer.from(text);
  }
  const rest = decoder.decode();
  if (rest !== '') yield Buffer.from(rest);
}
