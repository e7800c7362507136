import { Problem } from '@sestante/runtime';
import {
  type FileFormat,
  type FileLine,
  type GroupKey,
  lineFeed,
  longestLineBytes,
  type LineResult,
  textOf,
  type UnreadableLine,
  unreadable,
} from '../line.ts';
import { type Mapping, plainMapping, separators } from '../mapping.ts';
import { columnsOf, type Column, fixedValuesOf, groupFields } from './columns.ts';
import { cellsOf, endOfRecord } from './csv-record.ts';
import { dayFormat } from './day-format.ts';
import { type CsvRecord, EventReader } from './event-reader.ts';
import { messageIdBy } from './message-id.ts';
import { isIdentifierField, targetFieldOf, pathOf } from './target-field.ts';

/** Comma-separated values with a header, also separated by semicolons, tabs or bars, read by a mapping. Its encoding is that of the file. */
export function csv(mapping: Mapping = plainMapping): FileFormat {
  const file = new CsvFile(mapping);
  return {
    endOf: (bytes, from, isLast) => file.endOf(bytes, from, isLast),
    headerLine: () => file.headerLine,
    readHeader: (line) => file.readHeader(line),
    read: (line) => file.read([line]),
    contentOf: (line) => file.contentOf(line),
    ...(mapping.groupBy === null
      ? {}
      : {
          grouping: {
            keyOf: (line) => file.keyOf(line),
            isReadable: (line) => file.isRecord(line),
            read: (lines) => file.read(lines),
          },
        }),
  };
}

class CsvFile {
  private separator: string | undefined;
  private isBegun = false;
  private columns: readonly Column[] = [];
  private events!: EventReader;
  private headers: readonly string[] = [];
  /** The columns by which lines are grouped, and those with identifiers. */
  private groupColumns: readonly number[] = [];
  private identifierColumns: readonly number[] = [];
  /** Whether there is a line `sep=;` of Excel before the header. */
  private hasSeparatorLine = false;
  /** A cache: some lines are read more than once. */
  private readonly records = new WeakMap<FileLine, CsvRecord | UnreadableLine | undefined>();

  constructor(private readonly mapping: Mapping) {
    this.separator = mapping.separator ?? undefined;
  }

  get headerLine(): number {
    return 1 + this.mapping.skipLines + (this.hasSeparatorLine ? 1 : 0);
  }

  endOf(bytes: Buffer, from: number, isLast: boolean): number {
    if (!this.isBegun) {
      const opening = openingOf(bytes, { skipped: this.mapping.skipLines, isLast });
      if (!opening) return -1;
      this.isBegun = true;
      this.hasSeparatorLine = opening.hasSeparatorLine;
      this.separator ??= opening.separator;
    }
    return this.separator === undefined ? -1 : endOf(bytes, from, { separator: this.separator, isLast });
  }

  readHeader(line: FileLine): void {
    const text = textOf(line, this.mapping.encoding);
    const cells = typeof text === 'string' ? cellsOf(text, this.separator!) : undefined;
    if (!cells || !isText(line) || isWorkbook(line)) throw new Problem(400, 'header-invalid', whyNoHeader(line));
    const { decimal, thousands, groupBy, messageId } = this.mapping;
    this.columns = columnsOf(cells, this.mapping);
    const readDay = this.mapping.dayFormat === null ? undefined : dayFormat(this.mapping.dayFormat);
    if (typeof readDay === 'string') throw new Problem(400, 'mapping-invalid', `dayFormat ${readDay}.`);
    this.headers = cells;
    const indexOf = (name: string) =>
      this.columns.findIndex((one) => one && pathOf(one) === pathOf(targetFieldOf(name)));
    if (groupBy !== null) this.groupColumns = groupFields(groupBy).map(indexOf);
    this.identifierColumns = this.columns.flatMap((column, index) =>
      column && isIdentifierField(column) ? [index] : [],
    );
    this.events = new EventReader({
      columns: this.columns,
      fixed: fixedValuesOf(this.mapping),
      style: { decimal: decimal ?? opposite(thousands), thousands, separator: this.separator!, readDay },
      messageIdOf: messageId === null ? undefined : messageIdBy(messageId),
    });
  }

  keyOf(line: FileLine): GroupKey | 'within' | 'alone' {
    const cells = this.cellsIn(line);
    if (!cells) return 'within';
    const cellsAt = (indices: readonly number[]) => indices.map((index) => cells[index]?.trim() ?? '');
    const key = cellsAt(this.groupColumns);
    return key.includes('') ? 'alone' : { key: key.join('\u001f'), person: cellsAt(this.identifierColumns) };
  }

  isRecord(line: FileLine): boolean {
    const record = this.recordOf(line);
    return record !== undefined && 'cells' in record;
  }

  /** Reads lines that form one event: one line, or several that are readable. */
  read(lines: readonly FileLine[]): LineResult {
    if (lines[0]!.number <= this.headerLine) return undefined;
    const records: CsvRecord[] = [];
    for (const line of lines) {
      const record = this.recordOf(line);
      if (!record || !('cells' in record)) return record;
      records.push(record);
    }
    const read = this.events.read(records);
    if ('event' in read) return read.violations.length > 0 ? read : { event: read.event };
    return { ...read, bytes: lines.length === 1 ? lines[0]!.bytes : joined(lines) };
  }

  /** The cells, without quotes and independent of the separator. */
  contentOf(line: FileLine): string {
    const record = this.recordOf(line);
    return record && 'cells' in record ? record.cells.map((cell) => cell.trim()).join('\u001f') : '';
  }

  /** The cells of a line, also of one with too few or too many cells: an order must not be accepted without that line. */
  private cellsIn(line: FileLine): readonly string[] | undefined {
    const record = this.recordOf(line);
    if (record === undefined || 'cells' in record) return record?.cells;
    return record.code === 'csv-columns' ? cellsOf(line.bytes.toString(), this.separator!) : undefined;
  }

  private recordOf(line: FileLine): CsvRecord | UnreadableLine | undefined {
    if (!this.records.has(line)) this.records.set(line, this.parse(line));
    return this.records.get(line);
  }

  private parse(line: FileLine): CsvRecord | UnreadableLine | undefined {
    const text = textOf(line, this.mapping.encoding);
    if (typeof text !== 'string') return text;
    const given = cellsOf(text, this.separator!);
    if (!given) return unreadable(line, 'csv-quotes', 'a quoted cell is not closed, or text follows its closing quote');
    if (given.every((cell) => cell.trim() === '')) return undefined;
    const fitted = this.fitted(given);
    const cells = mayHaveGuard.test(text) ? fitted.map(withoutGuard) : fitted;
    if (cells.length !== this.columns.length)
      return unreadable(
        line,
        'csv-columns',
        `the line has ${cells.length} cells, but the header has ${this.columns.length}`,
      );
    return { number: line.number, cells };
  }

  /** Fits the number of cells to the header: some programs write more or fewer empty cells at the end of a line, after the last named column. */
  private fitted(cells: readonly string[]): readonly string[] {
    const { headers } = this;
    const isEmpty = (cell: string) => cell.trim() === '';
    if (cells.length > headers.length && cells.slice(headers.length).every(isEmpty))
      return cells.slice(0, headers.length);
    if (cells.length >= headers.length || !headers.slice(cells.length).every(isEmpty)) return cells;
    return [...cells, ...headers.slice(cells.length).map(() => '')];
  }
}

const mayHaveGuard = /[=']/;

/** Removes `="007"` and `'007`, which keep Excel from reading a text as a number. */
function withoutGuard(cell: string): string {
  const first = cell[0];
  if (first !== '=' && first !== "'") return cell;
  return /^="([^"]*)"$/.exec(cell)?.[1] ?? /^'([+\d][\d ]*)$/.exec(cell)?.[1] ?? cell;
}

/** Texts contain NUL bytes only in UTF-16. */
const isText = ({ bytes }: FileLine) => !bytes.includes(0);
const workbook = Buffer.from('PK\u0003\u0004');
const isWorkbook = ({ bytes }: FileLine) => bytes.subarray(0, workbook.length).equals(workbook);

function whyNoHeader(line: FileLine): string {
  if (isWorkbook(line)) return 'The file is a workbook or a zip archive. Save it as CSV.';
  if (!isText(line)) return 'The file contains NUL bytes. If it is in UTF-16, set encoding=utf-16le or utf-16be.';
  return 'The header is not valid CSV in UTF-8, or in the given encoding.';
}

const joined = (lines: readonly FileLine[]) =>
  Buffer.concat(lines.flatMap(({ bytes }, index) => (index === 0 ? [bytes] : [Buffer.from([lineFeed]), bytes])));

/** The decimal mark that follows from the thousands separator. */
function opposite(thousands: Mapping['thousands']): Mapping['decimal'] {
  if (thousands === '.') return ',';
  return thousands === ',' ? '.' : null;
}

interface FileOpening {
  readonly separator: string;
  readonly hasSeparatorLine: boolean;
}

/**
 * The separator: that in Excel's first line (`sep=;`), or else the most frequent one in the header. Undefined until these lines are complete.
 */
function openingOf(bytes: Buffer, { skipped, isLast }: { skipped: number; isLast: boolean }): FileOpening | undefined {
  const lines: string[] = [];
  let from = 0;
  while (lines.length < skipped + 2) {
    const end = bytes.indexOf(lineFeed, from);
    if (end === -1 && !isLast && bytes.length - from <= longestLineBytes) break;
    lines.push(bytes.toString('latin1', from, end === -1 ? bytes.length : end));
    if (end === -1) break;
    from = end + 1;
  }
  const given = /^(?:\xef\xbb\xbf)?"?sep=(.)"?\r?$/i.exec(lines[0] ?? '')?.[1];
  const hasSeparatorLine = (separators as readonly string[]).includes(given ?? '');
  const header = lines[skipped + (hasSeparatorLine ? 1 : 0)];
  if (header === undefined && !isLast) return undefined;
  const names = (header ?? '').replaceAll(/"[^"]*"/g, '');
  const count = (separator: string) => names.split(separator).length;
  const mostFrequent = [...separators].sort((one, other) => count(other) - count(one))[0]!;
  return { separator: hasSeparatorLine ? given! : mostFrequent, hasSeparatorLine };
}

interface EndOptions {
  readonly separator: string;
  readonly isLast: boolean;
}

/** A record without an end, or one that is too long, has a surplus quote: only its first line is unreadable, and the next lines are read. */
function endOf(bytes: Buffer, from: number, { separator, isLast }: EndOptions): number {
  const end = endOfRecord(bytes, from, separator);
  if (typeof end === 'number' && end - from <= longestLineBytes) return end;
  const isTooLong = bytes.length - from > longestLineBytes;
  if (!isTooLong && (end === 'open' || (end === 'quoted' && !isLast))) return -1;
  return bytes.indexOf(lineFeed, from);
}
