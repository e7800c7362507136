import { Problem } from '@sestante/runtime';
import {
  type FileFormat,
  type FileLine,
  lineFeed,
  longestLineBytes,
  type Said,
  textOf,
  type UnreadableLine,
  unreadable,
} from '../file/line.ts';
import { type Mapping, plainMapping, separators } from '../mappings/mapping.ts';
import { columnsOf, type Column, fixedValuesOf } from './columns.ts';
import { cellsOf, endOfRecord } from './csv-record.ts';
import { dayFormat } from './day-format.ts';
import { type CsvRecord, EventReader } from './event-reader.ts';
import { messageIdBy } from './message-id.ts';
import { placeNamed, spelt } from './place.ts';

/** Comma-separated values below a header, also with semicolons, tabs or bars between them, read by a mapping. Its encoding is that of the file. */
export function csv(mapping: Mapping = plainMapping): FileFormat {
  const file = new CsvFile(mapping);
  return {
    endOf: (bytes, from, isLast) => file.endOf(bytes, from, isLast),
    takeHeader: (line) => file.takeHeader(line),
    read: (line) => file.read([line]),
    contentOf: (line) => file.contentOf(line),
    ...(mapping.groupBy === null
      ? {}
      : { grouping: { keyOf: (line) => file.keyOf(line), read: (lines) => file.read(lines) } }),
  };
}

class CsvFile {
  private separator: string | undefined;
  private columns: readonly Column[] = [];
  private events!: EventReader;
  /** Where the cell is that says which lines make one event. */
  private groupedBy = -1;
  /** Some lines are asked for more than once. */
  private readonly records = new WeakMap<FileLine, CsvRecord | UnreadableLine | undefined>();

  constructor(private readonly mapping: Mapping) {
    this.separator = mapping.separator ?? undefined;
  }

  endOf(bytes: Buffer, from: number, isLast: boolean): number {
    this.separator ??= separatorOf(bytes, isLast);
    return this.separator === undefined ? -1 : endOf(bytes, from, { separator: this.separator, isLast });
  }

  takeHeader(line: FileLine): void {
    const text = textOf(line, this.mapping.encoding);
    const cells = typeof text === 'string' ? cellsOf(text, this.separator!) : undefined;
    if (!cells)
      throw new Problem(400, 'header-invalid', 'The first line must be CSV in UTF-8, or in the encoding that is said.');
    const { decimal, thousands, groupBy, messageId } = this.mapping;
    this.columns = columnsOf(cells, this.mapping);
    const readDay = this.mapping.dayFormat === null ? undefined : dayFormat(this.mapping.dayFormat);
    if (typeof readDay === 'string') throw new Problem(400, 'mapping-invalid', `dayFormat ${readDay}.`);
    if (groupBy !== null)
      this.groupedBy = this.columns.findIndex((column) => column && spelt(column) === spelt(placeNamed(groupBy)));
    this.events = new EventReader({
      columns: this.columns,
      fixed: fixedValuesOf(this.mapping),
      style: { decimal: decimal ?? opposite(thousands), thousands, separator: this.separator!, readDay },
      messageIdOf: messageId === null ? undefined : messageIdBy(messageId),
    });
  }

  keyOf(line: FileLine): { readonly key: string } | 'within' | 'alone' {
    const record = this.recordOf(line);
    if (!record || !('cells' in record)) return 'within';
    const key = record.cells[this.groupedBy]!.trim();
    return key === '' ? 'alone' : { key };
  }

  /** Lines that make one event; one of them, or several that can be read. */
  read(lines: readonly FileLine[]): Said {
    if (lines[0]!.number === 1) return undefined;
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

  private recordOf(line: FileLine): CsvRecord | UnreadableLine | undefined {
    if (!this.records.has(line)) this.records.set(line, this.parse(line));
    return this.records.get(line);
  }

  private parse(line: FileLine): CsvRecord | UnreadableLine | undefined {
    const text = textOf(line, this.mapping.encoding);
    if (typeof text !== 'string') return text;
    const cells = cellsOf(text, this.separator!);
    if (!cells)
      return unreadable(line, 'csv-quotes', 'a quote opens and does not close, or text follows one that closes');
    if (cells.every((cell) => cell.trim() === '')) return undefined;
    if (cells.length !== this.columns.length)
      return unreadable(
        line,
        'csv-columns',
        `the line has ${cells.length} cells, and the header ${this.columns.length}`,
      );
    return { number: line.number, cells };
  }
}

const joined = (lines: readonly FileLine[]) =>
  Buffer.concat(lines.flatMap(({ bytes }, index) => (index === 0 ? [bytes] : [Buffer.from([lineFeed]), bytes])));

/** Who says that points stand between thousands says that the comma is the decimal mark. */
function opposite(thousands: Mapping['thousands']): Mapping['decimal'] {
  if (thousands === '.') return ',';
  return thousands === ',' ? '.' : null;
}

/** What may stand between cells of which the first line has the most; undefined as long as that line has not come. */
function separatorOf(bytes: Buffer, isLast: boolean): string | undefined {
  const end = bytes.indexOf(lineFeed);
  if (end === -1 && !isLast && bytes.length <= longestLineBytes) return undefined;
  const line = bytes.toString('latin1', 0, end === -1 ? bytes.length : end).replaceAll(/"[^"]*"/g, '');
  const count = (separator: string) => line.split(separator).length;
  return [...separators].sort((one, other) => count(other) - count(one))[0]!;
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
