import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Message } from '../stream.ts';

/** The largest number of messages in one record batch. A reader that starts in the middle decodes the earlier ones in vain. */
export const largestBatch = 500;

/** Smaller batches are not compressed: Node creates a new compressor each time, which costs more than the saved bytes. */
const smallestCompressed = 32_768;
/** The magic number of Zstandard. As the length of a head, it would be larger than any. */
const zstandard = 0xfd2fb528;
const compression = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** All fields except the values. A header with the same value in every message is stored once; null stands for a missing header. */
interface Head {
  readonly keys: readonly string[];
  /** The sizes of the values in bytes. */
  readonly sizes: readonly number[];
  readonly headers: readonly (readonly [name: string, values: string | readonly (string | null)[]])[];
}

/** The memory that a writer keeps between batches, in bytes. */
const usualBytes = 256 * 1024;

/**
 * Writes batches one after the other, and reuses its memory: new buffers for each batch would accumulate outside of the heap, 2 KB per event,
 * until the garbage collection of the old generation.
 */
export class BatchWriter {
  private buffer = Buffer.allocUnsafeSlow(usualBytes);
  private end = 0;

  /** Returns the number of written bytes. */
  write(messages: readonly Message[]): number {
    const start = this.end;
    this.writePlain(messages);
    if (this.end - start >= smallestCompressed) this.replace(start, zstdCompressSync(this.since(start), compression));
    return this.end - start;
  }

  /** All written bytes. They share memory with the writer and change when it writes again after `clear`. */
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

/** Decodes a batch. */
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
