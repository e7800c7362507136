import type { Violation } from '@sestante/contracts';
import { isUtf8 } from 'node:buffer';
import type { Encoding } from './mapping.ts';

/** The most bytes of a line. Only the beginning of a longer line is retained. */
export const longestLineBytes = 1024 * 1024;
export const keptBytesOfLongLine = 32 * 1024;
export const lineFeed = 0x0a;

/** A line of a file. In CSV, a record, which may span several lines. */
export interface FileLine {
  /** The numbers of its first and last line, from 1. */
  readonly number: number;
  readonly last: number;
  /** Its bytes without the line end; if it is too long, its beginning. */
  readonly bytes: Buffer;
  readonly isTooLong: boolean;
}

/** A line that could not be read as an event, with the reason and its bytes. */
export interface UnreadableLine {
  readonly code: string;
  readonly reason: string;
  readonly bytes: Buffer;
}

/** The result of reading a line: an event of the tracking API, or a reason; undefined for a blank line. */
export type LineResult = ReadEvent | UnreadableLine | undefined;

/** An event with the violations of its line or lines. */
export interface ReadEvent {
  readonly event: unknown;
  readonly violations?: readonly Violation[];
}

/** The result of a line with its number; of a group of lines that form one event, the number of the first. */
export interface ReadLine {
  readonly number: number;
  readonly result: LineResult;
  /** Its normalised content, by which it is recognised in a corrected file. */
  readonly content: () => string;
}

/** Splits a file into lines and reads them. */
export interface FileFormat {
  /** The index of the line feed that ends the line at `from`, or -1 if it is not in the bytes. `isLast`: no more bytes follow. */
  readonly endOf: (bytes: Buffer, from: number, isLast: boolean) => number;
  /** The number of the header line, if the format has one; lines before it are ignored. Available after the first line was split. */
  readonly headerLine?: () => number;
  /** Reads the header. Throws `Problem` 400 if it is invalid. */
  readonly readHeader?: (line: FileLine) => void;
  readonly read: (line: FileLine) => LineResult;
  /** The normalised content of a readable line. */
  readonly contentOf: (line: FileLine) => string;
  /** Present if several lines may form one event. */
  readonly grouping?: Grouping;
}

/** The values that the lines of one event have in common. */
export interface GroupKey {
  readonly key: string;
  /** The cells of the identifier columns; empty texts if there is no identifier. */
  readonly person: readonly string[];
}

/** Groups consecutive lines into one event. */
export interface Grouping {
  /** `within`: the event of the line is unknown, and it does not end the current group. `alone`: it has no key. */
  readonly keyOf: (line: FileLine) => GroupKey | 'within' | 'alone';
  readonly isReadable: (line: FileLine) => boolean;
  /** The event of readable lines with the same key. */
  readonly read: (lines: readonly FileLine[]) => LineResult;
}

export function unreadable(line: FileLine, code: string, reason: string): UnreadableLine {
  return { code, reason, bytes: line.bytes };
}

/** The text of a line of a file in this encoding, or the reason why it is unreadable. */
export function textOf(line: FileLine, encoding: Encoding): string | UnreadableLine {
  if (line.isTooLong)
    return unreadable(
      line,
      'line-too-long',
      `the line has more than ${longestLineBytes} bytes; the first ${keptBytesOfLongLine} were stored`,
    );
  if (!isUtf8(line.bytes)) return unreadable(line, 'not-utf8', notUtf8);
  const text = line.bytes.toString();
  if (!invalidCharacters[encoding]?.test(text)) return text;
  return unreadable(line, 'encoding-wrong', `the line contains bytes that are invalid in ${encoding}`);
}

const notUtf8 = 'the line is not valid UTF-8: set the encoding of the file, such as encoding=windows-1252';

/** The results of decoding invalid bytes: five bytes are undefined in Windows-1252, and UTF-16 may contain half characters. */
const notInWindows1252 = /[\u0081\u008d\u008f\u0090\u009d]/;
const notInUtf16 = /\ufffd/;
const invalidCharacters: Partial<Record<Encoding, RegExp>> = {
  'windows-1252': notInWindows1252,
  'iso-8859-1': notInWindows1252,
  'utf-16le': notInUtf16,
  'utf-16be': notInUtf16,
};
