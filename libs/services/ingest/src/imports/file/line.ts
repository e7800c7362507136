import { isUtf8 } from 'node:buffer';

/** The most bytes of a line. Of a longer one only the beginning is kept: it is never gathered. */
export const longestLineBytes = 1024 * 1024;
export const keptBytesOfLongLine = 32 * 1024;
export const lineFeed = 0x0a;

/** A line of a file; of CSV a whole record, which may go over several. */
export interface FileLine {
  /** Where it begins and where it ends, as an editor counts: from 1. */
  readonly number: number;
  readonly last: number;
  /** Without what ends it; where it is longer than a line may be, its beginning. */
  readonly bytes: Buffer;
  readonly isTooLong: boolean;
}

/** A line that holds no event: why not, and the line as it came. */
export interface UnreadableLine {
  readonly code: string;
  readonly reason: string;
  readonly bytes: Buffer;
}

/** What a line says: an event as the tracking API has it, or none; undefined for a line that is blank. */
export type Said = { readonly event: unknown } | UnreadableLine | undefined;

/** How the lines of a file are told apart and read. */
export interface FileFormat {
  /** The place of the line feed that ends the line that begins at `from`, or -1 if it has not come. `isLast`: nothing more will come. */
  readonly endOf: (bytes: Buffer, from: number, isLast: boolean) => number;
  /** Takes the first line where it is a header. Throws `Problem` 400 where it cannot be one. */
  readonly takeHeader?: (line: FileLine) => void;
  readonly read: (line: FileLine) => Said;
}

export function unreadable(line: FileLine, code: string, reason: string): UnreadableLine {
  return { code, reason, bytes: line.bytes };
}

/** The text of a line, or why it has none. */
export function textOf(line: FileLine): string | UnreadableLine {
  if (line.isTooLong)
    return unreadable(
      line,
      'line-too-long',
      `the line is longer than ${longestLineBytes} bytes; the first ${keptBytesOfLongLine} of it are kept`,
    );
  return isUtf8(line.bytes) ? line.bytes.toString() : unreadable(line, 'not-utf8', 'the line is not in UTF-8');
}
