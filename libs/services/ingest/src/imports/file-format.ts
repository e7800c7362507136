import { csv } from './csv/csv.ts';
import type { FileFormat } from './file/line.ts';
import { ndjson } from './file/ndjson.ts';
import type { ImportFormat } from './import.ts';
import type { Mapping } from './mappings/mapping.ts';

const formats = { ndjson, csv };

/** How a file is read whose encoding is known. */
export function formatOf(format: ImportFormat, mapping: Mapping): FileFormat {
  return formats[format](mapping);
}
