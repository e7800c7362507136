import { Type } from 'typebox';
import { ReportedViolation } from '../types/reported-violation.ts';
import { importFormats } from '../formats/files/file-format.ts';

const Count = Type.Integer({ minimum: 0 });

const fields = {
  id: Type.String({ format: 'uuid' }),
  source: Type.String({ description: 'The name of the source.' }),
  sourceId: Type.String({ format: 'uuid' }),
  format: Type.Enum([...importFormats]),
  state: Type.Enum(['running', 'done', 'broken', 'failed'], {
    description: '`broken` can be resumed with the same file, `failed` with a file corrected after the stored lines.',
  }),
  size: Type.Union([Count, Type.Null()], {
    description: 'The size of the body in bytes; null if the sender did not send it.',
  }),
  bytes: Type.Integer({ minimum: 0, description: 'The number of bytes of the body that were read.' }),
  lines: Type.Integer({ minimum: 0, description: 'The number of lines that are stored, counted from the first one.' }),
  accepted: Count,
  incomplete: Type.Integer({ minimum: 0, description: 'The number of accepted events with violations.' }),
  repeated: Count,
  rejected: Count,
  reason: Type.Union([Type.String(), Type.Null()], { description: 'The reason of the state `broken` or `failed`.' }),
  startedAt: Type.String({ format: 'date-time' }),
  updatedAt: Type.String({ format: 'date-time' }),
};

/** An import in responses. */
export const ImportResponse = Type.Object(fields, { $id: 'Import' });

export const ImportPageResponse = Type.Object(
  {
    items: Type.Array(ImportResponse),
    next: Type.Union([Type.String({ format: 'uuid' }), Type.Null()], {
      description: 'The `before` of the next page; null on the last page.',
    }),
  },
  { $id: 'ImportPage' },
);

const RejectedLine = Type.Object({
  line: Type.Integer({ minimum: 1 }),
  messageId: Type.Optional(Type.String()),
  code: Type.String(),
  reason: Type.String(),
});

const IncompleteLine = Type.Object({
  line: Type.Integer({ minimum: 1 }),
  messageId: Type.String(),
  violations: Type.Array(ReportedViolation),
});

export const UploadResponse = Type.Object(
  {
    ...fields,
    rejectedLines: Type.Array(RejectedLine, { description: 'The first rejected lines of this upload.' }),
    incompleteLines: Type.Optional(
      Type.Array(IncompleteLine, {
        description: 'The first lines of this upload that were accepted with violations.',
      }),
    ),
  },
  { $id: 'Upload' },
);

/** A file as the body of a request. */
export const fileTypes = ['application/x-ndjson', 'text/csv'];
export const File = Type.String({
  description:
    'One event of the tracking API per line; or CSV, with the names of the columns in a header and one event per line. Both may be compressed with gzip.',
});
