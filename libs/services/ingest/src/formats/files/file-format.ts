import { csv } from './csv/csv.ts';
import type { FileFormat } from './line.ts';
import { ndjson } from './ndjson.ts';
import type { Mapping } from './mapping.ts';

export const importFormats = ['ndjson', 'csv'] as const;
export type ImportFormat = (typeof importFormats)[number];

const formats = { ndjson, csv };

/** How a file is read whose encoding is known. */
export function formatOf(format: ImportFormat, mapping: Mapping): FileFormat {
  return formats[format](mapping);
}
