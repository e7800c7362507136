import { type Static, Type } from 'typebox';
import { decimalMarks, encodings, separators, thousandsMarks } from '../../formats/files/mapping.ts';

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T, description: string) =>
  Type.Union([schema, Type.Null()], { description });

/** A mapping as the answers of HTTP have it: as it was sent, with what it leaves out. */
export const ShownMapping = Type.Object(
  {
    name: Type.String(),
    columns: Type.Unsafe<Readonly<Record<string, string | null>>>({
      type: 'object',
      additionalProperties: { type: ['string', 'null'] },
      description: 'Where the cells of a column go, by its name in the header; null for one that is left out.',
    }),
    otherColumns: Type.Enum(['read', 'ignore'], {
      description: 'Columns that are not named are read by their names, or left out.',
    }),
    values: Type.Unsafe<Readonly<Record<string, string | number | boolean>>>({
      type: 'object',
      additionalProperties: { type: ['string', 'number', 'boolean'] },
      description: 'What every event of the file says.',
    }),
    messageId: orNull(Type.String(), 'How the id of an event is made of its fields, such as erp-{order_id}.'),
    groupBy: orNull(
      Type.String(),
      'The field by which lines that follow each other make one event, or several in braces.',
    ),
    encoding: Type.Enum([...encodings]),
    skipLines: Type.Integer({ description: 'So many lines stand before the header.' }),
    separator: orNull(Type.Enum([...separators]), 'What stands between cells; null for what the header has most.'),
    decimal: orNull(Type.Enum([...decimalMarks]), 'The decimal mark; null where each number must be clear by itself.'),
    thousands: orNull(Type.Enum([...thousandsMarks]), 'What stands between thousands; null for whatever does.'),
    dayFormat: orNull(Type.String(), 'How days are written, such as dd.MM.yyyy; null for ISO 8601.'),
    timeZone: orNull(Type.String(), 'The time zone of times without one; null for that of the source.'),
    changedAt: Type.Unsafe<Date>({ type: 'string', format: 'date-time' }),
  },
  { $id: 'Mapping' },
);
export type ShownMapping = Static<typeof ShownMapping>;

export const MappingList = Type.Object({ items: Type.Array(ShownMapping) }, { $id: 'MappingList' });
export type MappingList = Static<typeof MappingList>;
