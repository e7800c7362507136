import { Problem } from '@sestante/runtime';
import type { ImportFormat } from '../../formats/files/file-format.ts';
import type { UploadRequest } from '../import-requests.ts';
import { assertSound } from './mapping-faults.ts';
import { type Encoding, type Mapping, plainMapping } from '../../formats/files/mapping.ts';

interface RequestOptions extends Pick<UploadRequest, 'encoding' | 'decimal' | 'timeZone' | 'dayFormat' | 'event'> {
  /** The charset of the content type. Many programs send a wrong one, so everything else takes precedence. */
  readonly charset?: Encoding | undefined;
}

/** The mapping of an upload: the stored mapping, overridden by the options of the request. Throws `Problem` 400. */
export function mappingOfUpload(format: ImportFormat, stored: Mapping | undefined, options: RequestOptions): Mapping {
  const { charset, encoding = stored ? undefined : charset, decimal, timeZone, dayFormat, event } = options;
  const isForCsv = stored !== undefined || decimal !== undefined || dayFormat !== undefined || event !== undefined;
  if (format !== 'csv' && isForCsv)
    throw new Problem(
      400,
      'csv-only',
      '`mapping`, `decimal`, `dayFormat` and `event` are for CSV only. Remove them for NDJSON.',
    );
  const base = stored ?? plainMapping;
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
