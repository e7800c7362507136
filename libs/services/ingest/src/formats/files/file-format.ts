import { csv } from './csv/csv.ts';
import type { FileFormat } from './line.ts';
import { ndjson } from './ndjson.ts';
import type { Mapping } from './mapping.ts';

export const importFormats = ['ndjson', 'csv'] as const;
export type ImportFormat = (typeof importFormats)[number];

const formats = { ndjson, csv };

/** The reader of a file in this format, which is already in UTF-8. */
export function formatOf(format: ImportFormat, mapping: Mapping): FileFormat {
  return formats[format](mapping);
}
