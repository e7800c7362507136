import { batchesOf, mostLinesOfBatch } from '../../src/formats/files/batches.ts';
import type { Place } from '../../src/formats/files/beginning.ts';
import { csv } from '../../src/formats/files/csv/csv.ts';
import { decoded } from '../../src/formats/files/encoding.ts';
import type { FileFormat, Said } from '../../src/formats/files/line.ts';
import { readUnit } from '../../src/formats/files/units.ts';
import { ndjson } from '../../src/formats/files/ndjson.ts';
import { type Mapping, plainMapping } from '../../src/formats/files/mapping.ts';

export const formats = { ndjson, csv };

/** A file in pieces of so many bytes, as they come over a wire. */
export async function* pieces(content: string | Buffer, size = Infinity): AsyncGenerator<Buffer, void> {
  const bytes = Buffer.from(content);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, Math.min(bytes.length, at + size));
}

/** What a file says: the number of each line that is not blank, with its event, or with why it has none. */
export interface ReadFile {
  readonly lines: readonly (readonly [number: number, said: unknown])[];
  readonly batches: readonly number[];
  readonly until: Place;
}

interface Given {
  readonly format: keyof typeof formats | FileFormat;
  readonly piece?: number;
  readonly kept?: Place;
  readonly from?: number;
  readonly mostLines?: number;
}

export async function readFile(content: string | Buffer, given: Given): Promise<ReadFile> {
  const { format: named, piece, kept = { lines: 0, crc: 0 }, from = 1, mostLines = mostLinesOfBatch } = given;
  const format = typeof named === 'string' ? formats[named]() : named;
  const lines: [number, unknown][] = [];
  const batches: number[] = [];
  let until = kept;
  for await (const batch of batchesOf(pieces(content, piece), format, { kept, from, mostLines })) {
    batches.push(batch.units.length);
    until = batch.until;
    for (const { number, said } of batch.units.flatMap((unit) => readUnit(format, unit)))
      if (said !== undefined) lines.push([number, shown(said)]);
  }
  return { lines, batches, until };
}

/** What a CSV file says by a mapping: of each line the event, with what was wrong in it, or why it has none. */
export async function readMapped(
  content: string | Buffer,
  mapping: Partial<Mapping>,
  { piece, mostLines = mostLinesOfBatch, kept = { lines: 0, crc: 0 } }: Partial<Omit<Given, 'format'>> = {},
): Promise<{ readonly lines: readonly MappedLine[]; readonly until: Place; readonly batches: readonly Place[] }> {
  const { encoding, pieces: inUtf8 } = await decoded(pieces(content, piece), mapping.encoding ?? 'auto');
  const format = csv({ ...plainMapping, ...mapping, encoding });
  const lines: MappedLine[] = [];
  const batches: Place[] = [];
  for await (const { units, until } of batchesOf(inUtf8, format, { kept, from: 1, mostLines })) {
    batches.push(until);
    for (const { number, said } of units.flatMap((unit) => readUnit(format, unit)))
      if (said !== undefined) lines.push({ number, ...said });
  }
  return { lines, until: batches.at(-1) ?? kept, batches };
}

type MappedLine = { readonly number: number } & Exclude<Said, undefined>;

function shown(said: Exclude<Said, undefined>): unknown {
  return 'event' in said ? said.event : said.code;
}
