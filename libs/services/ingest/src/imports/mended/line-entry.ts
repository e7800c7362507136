import { hash } from 'node:crypto';

/** What is remembered of a line without an id of its own, by which it is known in a mended file. */
export interface LineEntry {
  /** 64 bits of what it says. */
  readonly hash: Buffer;
  /** Its number in the file in which it came first. */
  readonly line: number;
  /** It was rejected: it has had no effect. */
  readonly isRejected: boolean;
}

export const hashBytes = 8;
/** The hash, then the number of the line, whose highest bit says that it was rejected. */
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
