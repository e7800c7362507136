import { Problem } from '@sestante/runtime';
import type { ImportFormat } from '../../formats/files/file-format.ts';
import type { UploadRequest } from '../import-requests.ts';
import { assertSound } from './mapping-faults.ts';
import { type Encoding, type Mapping, plainMapping } from '../../formats/files/mapping.ts';

interface Said extends Pick<UploadRequest, 'encoding' | 'decimal' | 'timeZone' | 'dayFormat' | 'event'> {
  /** That of the content type. Many programs write one without looking: all that is said elsewhere goes before it. */
  readonly charset?: Encoding | undefined;
}

/** How a file is read: by the mapping that is kept, with what the request says beside it. Throws `Problem` 400. */
export function mappingOfUpload(format: ImportFormat, kept: Mapping | undefined, said: Said): Mapping {
  const { charset, encoding = kept ? undefined : charset, decimal, timeZone, dayFormat, event } = said;
  const isForCsv = kept !== undefined || decimal !== undefined || dayFormat !== undefined || event !== undefined;
  if (format !== 'csv' && isForCsv)
    throw new Problem(400, 'csv-only', 'mapping, decimal, dayFormat and event are for CSV: NDJSON says it all itself.');
  const base = kept ?? plainMapping;
  const mapping: Mapping = {
    ...base,
    ...(encoding !== undefined && { encoding }),
    ...(decimal !== undefined && { decimal, thousands: base.thousands === decimal ? null : base.thousands }),
    ...(timeZone !== undefined && { timeZone }),
    ...(dayFormat !== undefined && { dayFormat }),
    ...(event !== undefined && { values: { ...base.values, event } }),
  };
  assertSound(mapping);
  return mapping;
}
