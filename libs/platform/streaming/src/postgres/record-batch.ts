import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Message } from '../stream.ts';

/** The most messages in one record batch; a reader that starts in the middle decodes at most so many in vain. */
export const largestBatch = 500;

/** What is smaller is not worth a compressor, which Node makes anew each time: it costs more than the bytes. */
const smallestCompressed = 32_768;
/** Begins everything that Zstandard has compressed; read as the length of a head it would be larger than any. */
const zstandard = 0xfd2fb528;
const compression = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** All but the values. A header that is the same in every message stands once; a message that lacks one has null there. */
interface Head {
  readonly keys: readonly string[];
  /** Of the values, in bytes. */
  readonly sizes: readonly number[];
  readonly headers: readonly (readonly [name: string, values: string | readonly (string | null)[]])[];
}

/** Messages as one column: the length of the head (uint32, little endian), the head as JSON, the values in UTF-8. Zstandard at level 1, unless it is small. */
export function encodeBatch(messages: readonly Message[]): Buffer {
  const sizes = messages.map(({ value }) => Buffer.byteLength(value));
  const head: Head = { keys: messages.map(({ key }) => key), sizes, headers: columnsOf(messages) };
  const text = JSON.stringify(head);
  const headSize = Buffer.byteLength(text);
  const buffer = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + size, 4 + headSize));
  buffer.writeUInt32LE(headSize);
  let at = 4 + buffer.write(text, 4, 'utf8');
  for (const { value } of messages) at += buffer.write(value, at, 'utf8');
  return buffer.length < smallestCompressed ? buffer : zstdCompressSync(buffer, compression);
}

/** Reads back what `encodeBatch` wrote. */
export function decodeBatch(records: Buffer): Message[] {
  const buffer = records.readUInt32LE(0) === zstandard ? zstdDecompressSync(records) : records;
  const headEnd = 4 + buffer.readUInt32LE(0);
  const { keys, sizes, headers } = JSON.parse(buffer.toString('utf8', 4, headEnd)) as Head;
  let at = headEnd;
  return keys.map((key, index) => {
    const end = at + sizes[index]!;
    const value = buffer.toString('utf8', at, end);
    at = end;
    return { key, value, headers: headersAt(headers, index) };
  });
}

function columnsOf(messages: readonly Message[]): Head['headers'] {
  const names = new Set(messages.flatMap(({ headers }) => Object.keys(headers)));
  return [...names].map((name) => {
    const values = messages.map(({ headers }) => (Object.hasOwn(headers, name) ? headers[name]! : null));
    const [first] = values;
    return [name, typeof first === 'string' && values.every((value) => value === first) ? first : values];
  });
}

function headersAt(columns: Head['headers'], index: number): Record<string, string> {
  const entries: [string, string][] = [];
  for (const [name, values] of columns) {
    const value = typeof values === 'string' ? values : values[index];
    if (typeof value === 'string') entries.push([name, value]);
  }
  return Object.fromEntries(entries);
}
