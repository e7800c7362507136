import { createReadStream, existsSync } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { CsvError, parse } from 'csv-parse';
import { Fault } from '../sestante/fault.ts';

/** A line of a CSV file, by the names of its columns. */
export interface Row<Column extends string> {
  readonly values: Readonly<Record<Column, string>>;
  /** `file, line 3`: where to look when a value is wrong. */
  readonly place: string;
}

/** The lines of a zipped CSV file, in their order. Throws `Fault`, which names file and line, when it is not one or lacks a column. */
export async function readRows<Column extends string>(
  file: string,
  columns: readonly Column[],
  take: (row: Row<Column>) => void,
): Promise<void> {
  const name = basename(file);
  if (!existsSync(file)) throw new Fault(`${file} is not there.`);
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
  const takeAll = async (records: AsyncIterable<{ record: Row<Column>['values']; info: { lines: number } }>) => {
    for await (const { record, info } of records) take({ values: record, place: `${name}, line ${info.lines}` });
  };
  try {
    await pipeline(createReadStream(file), createGunzip(), parser, takeAll);
  } catch (error) {
    throw readable(error, name, line + 1);
  }
  if (line === 0) throw new Fault(`${name} holds no lines.`);
}

function checked(header: string[], columns: readonly string[], name: string): string[] {
  const missing = columns.filter((column) => !header.includes(column));
  if (missing.length > 0) throw new Fault(`${name}, line 1: there is no column ${missing.join(', ')}.`);
  return header;
}

/** `line` is the one after the last that could be read. */
function readable(error: unknown, name: string, line: number): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (error instanceof CsvError)
    return new Fault(`${name}, line ${line}: ${message.replace(/ (on|at) line \d+$/, '')}.`, { cause: error });
  if (code?.startsWith('Z_')) return new Fault(`${name} is not a whole gzip file: ${message}.`, { cause: error });
  return error;
}
