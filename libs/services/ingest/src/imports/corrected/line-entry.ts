import { hash } from 'node:crypto';

/** The stored entry of a line without a message id, by which it is recognised in a corrected file. */
export interface LineEntry {
  /** A 64-bit hash of its content. */
  readonly hash: Buffer;
  /** Its number in the first file that contained it. */
  readonly line: number;
  /** Whether it was rejected, so that it had no effect. */
  readonly isRejected: boolean;
}

export const hashBytes = 8;
/** The hash, then the number of the line. The highest bit of the number marks a rejected line. */
export const entryBytes = hashBytes + 4;
const rejectedBit = 0x8000_0000;

export function hashOf(content: string): Buffer {
  return hash('sha1', content, 'buffer').subarray(0, hashBytes);
}

export function packed(entries: readonly LineEntry[]): Buffer {
  const bytes = Buffer.alloc(entries.length * entryBytes);
  for (const [index, { hash: content, line, isRejected }] of entries.entries()) {
    bytes.set(content, index * entryBytes);
    bytes.writeUInt32LE(line + (isRejected ? rejectedBit : 0), index * entryBytes + hashBytes);
  }
  return bytes;
}

export function* unpacked(bytes: Buffer): Generator<LineEntry> {
  for (let at = 0; at < bytes.length; at += entryBytes) {
    const line = bytes.readUInt32LE(at + hashBytes);
    const isRejected = line >= rejectedBit;
    yield { hash: bytes.subarray(at, at + hashBytes), line: isRejected ? line - rejectedBit : line, isRejected };
  }
}
