import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Message } from '../stream.ts';

/** The most messages in one record batch; a reader that starts in the middle decodes at most so many in vain. */
export const largestBatch = 500;

const compression = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/**
 * Messages as one compressed column: for each message the lengths of key, value and headers (uint32, little endian), then the
 * three texts in UTF-8, the headers as JSON. Zstandard at level 1.
 */
export function encodeBatch(messages: readonly Message[]): Buffer {
  const texts = messages.flatMap(({ key, value, headers }) => [key, value, JSON.stringify(headers)]);
  const sizes = texts.map((text) => Buffer.byteLength(text));
  const buffer = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + size + 4, 0));
  let at = 0;
  for (const [index, text] of texts.entries()) {
    at = buffer.writeUInt32LE(sizes[index]!, at);
    at += buffer.write(text, at, 'utf8');
  }
  return zstdCompressSync(buffer, compression);
}

/** Reads back what `encodeBatch` wrote. */
export function decodeBatch(records: Buffer): Message[] {
  const buffer = zstdDecompressSync(records);
  const messages: Message[] = [];
  let at = 0;
  const text = () => {
    const size = buffer.readUInt32LE(at);
    at += 4 + size;
    return buffer.toString('utf8', at - size, at);
  };
  while (at < buffer.length) messages.push({ key: text(), value: text(), headers: JSON.parse(text()) });
  return messages;
}
