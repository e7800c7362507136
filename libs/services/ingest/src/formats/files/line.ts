import type { Violation } from '@sestante/contracts';
import { isUtf8 } from 'node:buffer';
import type { Encoding } from './mapping.ts';

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
export type Said = ReadEvent | UnreadableLine | undefined;

/** An event as it was read, with what was wrong in its line or lines. */
export interface ReadEvent {
  readonly event: unknown;
  readonly violations?: readonly Violation[];
}

/** A line with its number, or the first of several that make one event. */
export interface ReadLine {
  readonly number: number;
  readonly said: Said;
  /** What it says, however it is written: by this it is known in a mended file. */
  readonly content: () => string;
}

/** How the lines of a file are told apart and read. */
export interface FileFormat {
  /** The place of the line feed that ends the line that begins at `from`, or -1 if it has not come. `isLast`: nothing more will come. */
  readonly endOf: (bytes: Buffer, from: number, isLast: boolean) => number;
  /** The number of the line that is a header, where the format has one; lines before it say nothing. Known when a line was told apart. */
  readonly headerLine?: () => number;
  /** Takes the header. Throws `Problem` 400 where it cannot be one. */
  readonly takeHeader?: (line: FileLine) => void;
  readonly read: (line: FileLine) => Said;
  /** What a line that can be read says, however it is written. */
  readonly contentOf: (line: FileLine) => string;
  /** Where several lines make one event. */
  readonly grouping?: Grouping;
}

/** What lines of one event have in common. */
export interface GroupKey {
  readonly key: string;
  /** Who is named, by the columns that name somebody; empty texts where nobody is. */
  readonly person: readonly string[];
}

/** How lines that follow each other make one event. */
export interface Grouping {
  /** `within`: nobody knows of which event the line is, and it ends none. `alone`: it has no key. */
  readonly keyOf: (line: FileLine) => GroupKey | 'within' | 'alone';
  readonly isReadable: (line: FileLine) => boolean;
  /** The event of lines with the same key that can be read. */
  readonly read: (lines: readonly FileLine[]) => Said;
}

export function unreadable(line: FileLine, code: string, reason: string): UnreadableLine {
  return { code, reason, bytes: line.bytes };
}

/** The text of a line of a file that came in this encoding, or why it has none. */
export function textOf(line: FileLine, encoding: Encoding): string | UnreadableLine {
  if (line.isTooLong)
    return unreadable(
      line,
      'line-too-long',
      `the line is longer than ${longestLineBytes} bytes; the first ${keptBytesOfLongLine} of it are kept`,
    );
  if (!isUtf8(line.bytes)) return unreadable(line, 'not-utf8', notUtf8);
  const text = line.bytes.toString();
  if (!foreign[encoding]?.test(text)) return text;
  return unreadable(line, 'encoding-wrong', `the line has characters that ${encoding} does not have`);
}

const notUtf8 = 'the line is not in UTF-8: say how the file is written, such as encoding=windows-1252';

/** What is left where bytes mean nothing in an encoding: five bytes of Windows-1252, and halves of characters in UTF-16. */
const notInWindows1252 = /[\u0081\u008d\u008f\u0090\u009d]/;
const notInUtf16 = /\ufffd/;
const foreign: Partial<Record<Encoding, RegExp>> = {
  'windows-1252': notInWindows1252,
  'iso-8859-1': notInWindows1252,
  'utf-16le': notInUtf16,
  'utf-16be': notInUtf16,
};
