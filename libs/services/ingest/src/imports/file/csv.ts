import { Problem } from '@sestante/runtime';
import { type Column, columnsOf } from './csv-columns.ts';
import { cellsOf, endOfRecord } from './csv-record.ts';
import { knownFieldsOf, valueOf } from './csv-value.ts';
import { eventOf } from './event.ts';
import { type FileFormat, type FileLine, lineFeed, longestLineBytes, type Said, textOf, unreadable } from './line.ts';

/** Comma-separated values below a header, also with semicolons or tabs between them. */
export function csv(): FileFormat {
  let separator: string | undefined;
  let columns: readonly Column[] = [];
  return {
    endOf(bytes, from, isLast) {
      separator ??= separatorOf(bytes, isLast);
      return separator === undefined ? -1 : endOf(bytes, from, { separator, isLast });
    },
    takeHeader(line) {
      const text = textOf(line);
      const cells = typeof text === 'string' ? cellsOf(text, separator!) : undefined;
      if (!cells) throw new Problem(400, 'header-invalid', 'The first line must be CSV in UTF-8.');
      columns = columnsOf(cells);
    },
    read: (line) => (line.number === 1 ? undefined : read(line, columns, separator!)),
  };
}

/** That of `,`, `;` and tabs of which the first line has the most; undefined as long as that line has not come. */
function separatorOf(bytes: Buffer, isLast: boolean): string | undefined {
  const end = bytes.indexOf(lineFeed);
  if (end === -1 && !isLast && bytes.length <= longestLineBytes) return undefined;
  const line = bytes.toString('latin1', 0, end === -1 ? bytes.length : end).replaceAll(/"[^"]*"/g, '');
  const count = (separator: string) => line.split(separator).length;
  return [',', ';', '\t'].sort((one, other) => count(other) - count(one))[0]!;
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

function read(line: FileLine, columns: readonly Column[], separator: string): Said {
  const text = textOf(line);
  if (typeof text !== 'string') return text;
  const cells = cellsOf(text, separator);
  if (!cells)
    return unreadable(line, 'csv-quotes', 'a quote opens and does not close, or text follows one that closes');
  if (cells.every((cell) => cell.trim() === '')) return undefined;
  if (cells.length !== columns.length)
    return unreadable(line, 'csv-columns', `the line has ${cells.length} cells, and the header ${columns.length}`);
  return { event: assembled(cells, columns, separator) };
}

/** An empty cell says nothing. What the event is comes first: it tells what the others mean. */
function assembled(cells: readonly string[], columns: readonly Column[], separator: string): object {
  const filled = columns.flatMap((column, index) => (cells[index] === '' ? [] : [{ column, cell: cells[index]! }]));
  const isOwn = ({ column }: { readonly column: Column }) => column.length === 1;
  const own = filled.filter(isOwn).map(({ column: [name], cell }) => [name, cell]);
  const event = { ...eventOf(Object.fromEntries(own) as Record<string, unknown>) };
  const known = knownFieldsOf(event);
  for (const { column, cell } of filled.filter((one) => !isOwn(one))) {
    const inside = column.slice(0, -1).reduce(objectIn, event);
    inside[column.at(-1)!] = valueOf(cell, column, { known, separator });
  }
  return event;
}

function objectIn(outer: Record<string, unknown>, step: string): Record<string, unknown> {
  if (!Object.hasOwn(outer, step)) outer[step] = {};
  return outer[step] as Record<string, unknown>;
}
