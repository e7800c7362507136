import { Type } from 'typebox';
import { ToldViolation } from '../types/told-violation.ts';
import { importFormats } from '../formats/files/file-format.ts';

const Count = Type.Integer({ minimum: 0 });

const fields = {
  id: Type.String({ format: 'uuid' }),
  source: Type.String({ description: 'The name of the source.' }),
  sourceId: Type.String({ format: 'uuid' }),
  format: Type.Enum([...importFormats]),
  state: Type.Enum(['running', 'done', 'broken', 'failed'], {
    description: '`broken` can go on with the same file, `failed` with the file mended behind the lines that are kept.',
  }),
  size: Type.Union([Count, Type.Null()], { description: 'Of the body, in bytes, where its sender said it.' }),
  bytes: Type.Integer({ minimum: 0, description: 'Of the body, as far as it was read.' }),
  lines: Type.Integer({ minimum: 0, description: 'The first lines of the file, so many of which are kept.' }),
  accepted: Count,
  incomplete: Type.Integer({ minimum: 0, description: 'Those of the accepted with which something is wrong.' }),
  repeated: Count,
  rejected: Count,
  reason: Type.Union([Type.String(), Type.Null()], { description: 'Why it is broken, or failed.' }),
  startedAt: Type.String({ format: 'date-time' }),
  updatedAt: Type.String({ format: 'date-time' }),
};

/** As the answers of HTTP have an import. */
export const ShownImport = Type.Object(fields, { $id: 'Import' });

export const ShownImportPage = Type.Object(
  {
    items: Type.Array(ShownImport),
    next: Type.Union([Type.String({ format: 'uuid' }), Type.Null()], { description: 'Where to go on, as `before`.' }),
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
  violations: Type.Array(ToldViolation),
});

export const ShownUpload = Type.Object(
  {
    ...fields,
    rejectedLines: Type.Array(RejectedLine, { description: 'The first lines that were rejected of this upload.' }),
    incompleteLines: Type.Optional(
      Type.Array(IncompleteLine, {
        description: 'The first lines of this upload that were accepted although something is wrong with them.',
      }),
    ),
  },
  { $id: 'Upload' },
);

/** A file that is sent as a body. */
export const fileTypes = ['application/x-ndjson', 'text/csv'];
export const File = Type.String({
  description:
    'An event of the tracking API a line; or, as CSV, a header with the names of the columns, then an event a line. Or gzip of it.',
});
