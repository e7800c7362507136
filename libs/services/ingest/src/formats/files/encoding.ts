import { type Encoding } from './mapping.ts';

const marks: readonly (readonly [Encoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];
const longestMark = 3;

/** A file whose pieces are in UTF-8, or as they came where they are to be in UTF-8. */
export interface DecodedFile {
  /** How it came. */
  readonly encoding: Encoding;
  readonly pieces: AsyncGenerator<Buffer, void>;
}

/**
 * Makes UTF-8 of a file before its lines are told apart: in UTF-16, half a character may look like the end of a line. A byte order mark goes before
 * what is said of the encoding, as in browsers. What means nothing in the encoding becomes what `textOf` knows.
 */
export async function decoded(pieces: AsyncGenerator<Buffer, void>, said: Encoding): Promise<DecodedFile> {
  const beginning = await firstBytes(pieces);
  const marked = marks.find(([, mark]) => mark.every((byte, index) => beginning[index] === byte))?.[0];
  const encoding = marked ?? (said === 'auto' ? 'utf-8' : said);
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
