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

/** So much memory a writer keeps between batches, and no more. */
const usualBytes = 256 * 1024;

/**
 * Writes batches one behind the other, again and again into the same memory: buffers made anew for each batch pile up outside of the heap, 2 KB an
 * event, until the collector looks at the old generation.
 */
export class BatchWriter {
  private buffer = Buffer.allocUnsafeSlow(usualBytes);
  private end = 0;

  /** Returns how many bytes it took. */
  write(messages: readonly Message[]): number {
    const start = this.end;
    this.writePlain(messages);
    if (this.end - start >= smallestCompressed) this.replace(start, zstdCompressSync(this.since(start), compression));
    return this.end - start;
  }

  /** All that was written; it changes with what is written after `clear`. */
  written(): Buffer {
    return this.since(0);
  }

  clear(): void {
    this.end = 0;
    if (this.buffer.length > usualBytes) this.buffer = Buffer.allocUnsafeSlow(usualBytes);
  }

  /** Messages as one column: the length of the head (uint32, little endian), the head as JSON, the values in UTF-8. */
  private writePlain(messages: readonly Message[]): void {
    const sizes = messages.map(({ value }) => Buffer.byteLength(value));
    const head: Head = { keys: messages.map(({ key }) => key), sizes, headers: columnsOf(messages) };
    const text = JSON.stringify(head);
    const headSize = Buffer.byteLength(text);
    this.makeRoom(sizes.reduce((sum, size) => sum + size, 4 + headSize));
    this.end = this.buffer.writeUInt32LE(headSize, this.end);
    for (const part of [text, ...messages.map(({ value }) => value)])
      this.end += this.buffer.write(part, this.end, 'utf8');
  }

  private replace(start: number, bytes: Buffer): void {
    this.end = start;
    this.makeRoom(bytes.length);
    this.end += bytes.copy(this.buffer, start);
  }

  private makeRoom(bytes: number): void {
    if (this.end + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(2 * (this.end + bytes));
    this.buffer.copy(larger, 0, 0, this.end);
    this.buffer = larger;
  }

  private since(start: number): Buffer {
    return this.buffer.subarray(start, this.end);
  }
}

/** Reads back a batch. */
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
