import { type Static, Type } from 'typebox';
import { decimalMarks, encodings, separators, thousandsMarks } from '../../formats/files/mapping.ts';

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T, description: string) =>
  Type.Union([schema, Type.Null()], { description });

/** A mapping in responses: as it was sent, with the defaults of absent fields. */
export const MappingResponse = Type.Object(
  {
    name: Type.String(),
    columns: Type.Unsafe<Readonly<Record<string, string | null>>>({
      type: 'object',
      additionalProperties: { type: ['string', 'null'] },
      description: 'The target field of each column, by its name in the header; null to ignore the column.',
    }),
    otherColumns: Type.Enum(['read', 'ignore'], {
      description: 'Whether columns that are not in `columns` are read under their own names, or ignored.',
    }),
    values: Type.Unsafe<Readonly<Record<string, string | number | boolean>>>({
      type: 'object',
      additionalProperties: { type: ['string', 'number', 'boolean'] },
      description: 'Constant values of fields for every event of the file.',
    }),
    messageId: orNull(Type.String(), 'The pattern of the message id from fields of the event, such as erp-{order_id}.'),
    groupBy: orNull(
      Type.String(),
      'The field, or several fields in braces, by which consecutive lines are grouped into one event.',
    ),
    encoding: Type.Enum([...encodings]),
    skipLines: Type.Integer({ description: 'The number of lines before the header.' }),
    separator: orNull(
      Type.Enum([...separators]),
      'The separator between cells; null for the most frequent one in the header.',
    ),
    decimal: orNull(
      Type.Enum([...decimalMarks]),
      'The decimal mark; null if every number must be unambiguous without it.',
    ),
    thousands: orNull(Type.Enum([...thousandsMarks]), 'The thousands separator; null to accept any.'),
    dayFormat: orNull(Type.String(), 'The format of dates, such as dd.MM.yyyy; null for ISO 8601.'),
    timeZone: orNull(Type.String(), 'The time zone of times without a zone; null for the time zone of the source.'),
    changedAt: Type.Unsafe<Date>({ type: 'string', format: 'date-time' }),
  },
  { $id: 'Mapping' },
);
export type MappingResponse = Static<typeof MappingResponse>;

export const MappingList = Type.Object({ items: Type.Array(MappingResponse) }, { $id: 'MappingList' });
export type MappingList = Static<typeof MappingList>;
