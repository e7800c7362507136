import { batchesOf, mostLinesOfBatch } from '../../src/formats/files/batches.ts';
import type { FilePosition } from '../../src/formats/files/stored-prefix.ts';
import { csv } from '../../src/formats/files/csv/csv.ts';
import { decoded } from '../../src/formats/files/encoding.ts';
import type { FileFormat, LineResult } from '../../src/formats/files/line.ts';
import { readUnit } from '../../src/formats/files/units.ts';
import { ndjson } from '../../src/formats/files/ndjson.ts';
import { type Mapping, plainMapping } from '../../src/formats/files/mapping.ts';

export const formats = { ndjson, csv };

/** A file in pieces of `size` bytes, as if received over a network. */
export async function* pieces(content: string | Buffer, size = Infinity): AsyncGenerator<Buffer, void> {
  const bytes = Buffer.from(content);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, Math.min(bytes.length, at + size));
}

/** The number of each line that is not blank, with its event or the code of its rejection. */
export interface ReadFile {
  readonly lines: readonly (readonly [number: number, result: unknown])[];
  readonly batches: readonly number[];
  readonly until: FilePosition;
}

interface Given {
  readonly format: keyof typeof formats | FileFormat;
  readonly piece?: number;
  readonly stored?: FilePosition;
  readonly from?: number;
  readonly mostLines?: number;
}

export async function readFile(content: string | Buffer, given: Given): Promise<ReadFile> {
  const { format: named, piece, stored = { lines: 0, crc: 0 }, from = 1, mostLines = mostLinesOfBatch } = given;
  const format = typeof named === 'string' ? formats[named]() : named;
  const lines: [number, unknown][] = [];
  const batches: number[] = [];
  let until = stored;
  for await (const batch of batchesOf(pieces(content, piece), format, { stored, from, mostLines })) {
    batches.push(batch.units.length);
    until = batch.until;
    for (const { number, result } of batch.units.flatMap((unit) => readUnit(format, unit)))
      if (result !== undefined) lines.push([number, shown(result)]);
  }
  return { lines, batches, until };
}

/** The lines of a CSV file, read with a mapping: each with its event and violations, or the reason why it is unreadable. */
export async function readMapped(
  content: string | Buffer,
  mapping: Partial<Mapping>,
  { piece, mostLines = mostLinesOfBatch, stored = { lines: 0, crc: 0 } }: Partial<Omit<Given, 'format'>> = {},
): Promise<{
  readonly lines: readonly MappedLine[];
  readonly until: FilePosition;
  readonly batches: readonly FilePosition[];
}> {
  const { encoding, pieces: inUtf8 } = await decoded(pieces(content, piece), mapping.encoding ?? 'auto');
  const format = csv({ ...plainMapping, ...mapping, encoding });
  const lines: MappedLine[] = [];
  const batches: FilePosition[] = [];
  for await (const { units, until } of batchesOf(inUtf8, format, { stored, from: 1, mostLines })) {
    batches.push(until);
    for (const { number, result } of units.flatMap((unit) => readUnit(format, unit)))
      if (result !== undefined) lines.push({ number, ...result });
  }
  return { lines, until: batches.at(-1) ?? stored, batches };
}

type MappedLine = { readonly number: number } & Exclude<LineResult, undefined>;

function shown(result: Exclude<LineResult, undefined>): unknown {
  return 'event' in result ? result.event : result.code;
}
