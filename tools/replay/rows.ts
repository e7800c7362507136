import { createReadStream, existsSync } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { CsvError, parse } from 'csv-parse';
import { Fault } from '../sestante/fault.ts';

/** A row of a CSV file, by the names of its columns. */
export interface Row<Column extends string> {
  readonly values: Readonly<Record<Column, string>>;
  /** The file and line for error messages: `file, line 3`. */
  readonly position: string;
}

/** Reads the rows of a gzipped CSV file in order. Throws a `Fault` with file and line if it is invalid or a column is missing. */
export async function readRows<Column extends string>(
  file: string,
  columns: readonly Column[],
  onRow: (row: Row<Column>) => void,
): Promise<void> {
  const name = basename(file);
  if (!existsSync(file)) throw new Fault(`${file} does not exist.`);
  let line = 0;
  const parser = parse<Record<string, string>>({
    bom: true,
    info: true,
    record_delimiter: ['\r\n', '\n'],
    columns: (header: string[]) => checked(header, columns, name),
    on_record: (record, { lines }) => {
      line = lines;
      return record;
    },
  });
  const readAll = async (records: AsyncIterable<{ record: Row<Column>['values']; info: { lines: number } }>) => {
    for await (const { record, info } of records) onRow({ values: record, position: `${name}, line ${info.lines}` });
  };
  try {
    await pipeline(createReadStream(file), createGunzip(), parser, readAll);
  } catch (error) {
    throw readable(error, name, line + 1);
  }
  if (line === 0) throw new Fault(`${name} has no rows.`);
}

function checked(header: string[], columns: readonly string[], name: string): string[] {
  const missing = columns.filter((column) => !header.includes(column));
  if (missing.length > 0) throw new Fault(`${name}, line 1: missing columns: ${missing.join(', ')}.`);
  return header;
}

/** Converts an error of the parser or of gzip to a `Fault`. `line` is the line after the last one that was read. */
function readable(error: unknown, name: string, line: number): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (error instanceof CsvError)
    return new Fault(`${name}, line ${line}: ${message.replace(/ (on|at) line \d+$/, '')}.`, { cause: error });
  if (code?.startsWith('Z_')) return new Fault(`${name} is not a complete gzip file: ${message}.`, { cause: error });
  return error;
}
