import { Problem } from '@sestante/runtime';
import {
  type FileFormat,
  type FileLine,
  type GroupKey,
  lineFeed,
  longestLineBytes,
  type Said,
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
import { namesSomebody, placeNamed, spelt } from './place.ts';

/** Comma-separated values below a header, also with semicolons, tabs or bars between them, read by a mapping. Its encoding is that of the file. */
export function csv(mapping: Mapping = plainMapping): FileFormat {
  const file = new CsvFile(mapping);
  return {
    endOf: (bytes, from, isLast) => file.endOf(bytes, from, isLast),
    headerLine: () => file.headerLine,
    takeHeader: (line) => file.takeHeader(line),
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
  /** Where the cells are that say which lines make one event, and those that name somebody. */
  private groupedBy: readonly number[] = [];
  private naming: readonly number[] = [];
  /** Excel's first line that tells the separator. */
  private hasSeparatorLine = false;
  /** Some lines are asked for more than once. */
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

  takeHeader(line: FileLine): void {
    const text = textOf(line, this.mapping.encoding);
    const cells = typeof text === 'string' ? cellsOf(text, this.separator!) : undefined;
    if (!cells || !isText(line) || isWorkbook(line)) throw new Problem(400, 'header-invalid', whyNoHeader(line));
    const { decimal, thousands, groupBy, messageId } = this.mapping;
    this.columns = columnsOf(cells, this.mapping);
    const readDay = this.mapping.dayFormat === null ? undefined : dayFormat(this.mapping.dayFormat);
    if (typeof readDay === 'string') throw new Problem(400, 'mapping-invalid', `dayFormat ${readDay}.`);
    this.headers = cells;
    const indexOf = (name: string) => this.columns.findIndex((one) => one && spelt(one) === spelt(placeNamed(name)));
    if (groupBy !== null) this.groupedBy = groupFields(groupBy).map(indexOf);
    this.naming = this.columns.flatMap((column, index) => (column && namesSomebody(column) ? [index] : []));
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
    const key = cellsAt(this.groupedBy);
    return key.includes('') ? 'alone' : { key: key.join('\u001f'), person: cellsAt(this.naming) };
  }

  isRecord(line: FileLine): boolean {
    const record = this.recordOf(line);
    return record !== undefined && 'cells' in record;
  }

  /** Lines that make one event; one of them, or several that can be read. */
  read(lines: readonly FileLine[]): Said {
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

  /** Without quotes that need not be there, and whatever stands between cells. */
  contentOf(line: FileLine): string {
    const record = this.recordOf(line);
    return record && 'cells' in record ? record.cells.map((cell) => cell.trim()).join('\u001f') : '';
  }

  /** Also those of a line that has too few or too many of them: an order is not taken without it. */
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
    const said = cellsOf(text, this.separator!);
    if (!said)
      return unreadable(line, 'csv-quotes', 'a quote opens and does not close, or text follows one that closes');
    if (said.every((cell) => cell.trim() === '')) return undefined;
    const fitted = this.fitted(said);
    const cells = mayHaveGuard.test(text) ? fitted.map(withoutGuard) : fitted;
    if (cells.length !== this.columns.length)
      return unreadable(
        line,
        'csv-columns',
        `the line has ${cells.length} cells, and the header ${this.columns.length}`,
      );
    return { number: line.number, cells };
  }

  /** Programs write more or fewer empty cells at the end of a line, beyond the last column that has a name. */
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

/** `="007"` and `'007`, by which Excel is kept from taking a text for a number. */
function withoutGuard(cell: string): string {
  const first = cell[0];
  if (first !== '=' && first !== "'") return cell;
  return /^="([^"]*)"$/.exec(cell)?.[1] ?? /^'([+\d][\d ]*)$/.exec(cell)?.[1] ?? cell;
}

/** Half of UTF-16, and no text in another encoding, is bytes of zero. */
const isText = ({ bytes }: FileLine) => !bytes.includes(0);
const workbook = Buffer.from('PK\u0003\u0004');
const isWorkbook = ({ bytes }: FileLine) => bytes.subarray(0, workbook.length).equals(workbook);

function whyNoHeader(line: FileLine): string {
  if (isWorkbook(line)) return 'This is a workbook or a zip: save it as CSV.';
  if (!isText(line)) return 'The file has bytes of zero: say encoding=utf-16le or utf-16be where it is in UTF-16.';
  return 'The first line must be CSV in UTF-8, or in the encoding that is said.';
}

const joined = (lines: readonly FileLine[]) =>
  Buffer.concat(lines.flatMap(({ bytes }, index) => (index === 0 ? [bytes] : [Buffer.from([lineFeed]), bytes])));

/** Who says that points stand between thousands says that the comma is the decimal mark. */
function opposite(thousands: Mapping['thousands']): Mapping['decimal'] {
  if (thousands === '.') return ',';
  return thousands === ',' ? '.' : null;
}

interface FileOpening {
  readonly separator: string;
  readonly hasSeparatorLine: boolean;
}

/**
 * What stands between cells: what Excel's first line says (`sep=;`), or else what the header has the most of. Undefined as long as these have not come.
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
  const said = /^(?:\xef\xbb\xbf)?"?sep=(.)"?\r?$/i.exec(lines[0] ?? '')?.[1];
  const isSaid = (separators as readonly string[]).includes(said ?? '');
  const header = lines[skipped + (isSaid ? 1 : 0)];
  if (header === undefined && !isLast) return undefined;
  const names = (header ?? '').replaceAll(/"[^"]*"/g, '');
  const count = (separator: string) => names.split(separator).length;
  const usual = [...separators].sort((one, other) => count(other) - count(one))[0]!;
  return { separator: isSaid ? said! : usual, hasSeparatorLine: isSaid };
}

interface Reading {
  readonly separator: string;
  readonly isLast: boolean;
}

/** A record that never ends, or only where it is too long, has a quote too many: its first line alone is to blame, and those that follow are read. */
function endOf(bytes: Buffer, from: number, { separator, isLast }: Reading): number {
  const end = endOfRecord(bytes, from, separator);
  if (typeof end === 'number' && end - from <= longestLineBytes) return end;
  const isTooLong = bytes.length - from > longestLineBytes;
  if (!isTooLong && (end === 'open' || (end === 'quoted' && !isLast))) return -1;
  return bytes.indexOf(lineFeed, from);
}
