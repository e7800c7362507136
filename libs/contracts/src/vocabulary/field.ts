import { type TSchema, type TSchemaOptions, Type } from 'typebox';
import { timeZoneName } from '../time-zone.ts';

/** One property of an activity: its meaning, and its type as a name and as a schema. */
export interface Field {
  readonly description: string;
  /** The type with an article, for reasons: `a string or number`. */
  readonly typeName: string;
  readonly schema: TSchema;
  /** The known fields of the object, or of each object in the list. */
  readonly fields?: Fields;
}

export type Fields = Readonly<Record<string, Field>>;

/** Creates a field of a kind from its description, a sentence. */
type Kind = (description: string) => Field;

const kind =
  (typeName: string, schema: (about: TSchemaOptions) => TSchema): Kind =>
  (description) => ({ description, typeName, schema: schema({ description }) });

/** Not empty, and not corrupted: no scientific notation, no replacement character U+FFFD. */
const anId = '^(?!\\s*[+-]?\\d+(?:[.,]\\d+)?[eE]\\+\\d+\\s*$)(?=[^\\ufffd]*$)\\s*\\S';

/** Rejects numbers that JSON has rounded: two orders would become one. */
export const id = kind('a string or number', (about) =>
  Type.Unsafe({
    type: ['string', 'number'],
    pattern: anId,
    minimum: Number.MIN_SAFE_INTEGER,
    maximum: Number.MAX_SAFE_INTEGER,
    ...about,
  }),
);
/** An id that Sestante issued, which is always a string. */
export const ownId = kind('a string', (about) => Type.String({ pattern: '\\S', ...about }));
/** A short name or code. Many sources send numbers: shoe sizes, builds, coupons. */
export const label = kind('a string or number', (about) => Type.Unsafe({ type: ['string', 'number'], ...about }));
export const labels = kind('an array of strings or numbers', (about) =>
  Type.Array(Type.Unsafe({ type: ['string', 'number'] }), about),
);
export const text = kind('a string', (about) => Type.String(about));
export const day = kind('a date or an instant in ISO 8601', (about) =>
  Type.String({
    pattern:
      '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])([T ]\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?(Z|[+-]\\d\\d:?\\d\\d)?)?$',
    ...about,
  }),
);
export const timeZone = kind('the IANA name of a time zone, such as Europe/Rome', (about) =>
  Type.String({ pattern: timeZoneName.source, ...about }),
);
export const number = kind('a number', (about) => Type.Number(about));
/** Money, a quantity or a duration, which cannot be below 0. */
export const amount = kind('a number of at least 0', (about) => Type.Number({ minimum: 0, ...about }));
/** On the scale from `scale_min` to `scale_max`; the schema of the activity limits it to 1 to 5 if neither is sent. */
export const rating = kind('a number from 1 to 5, or on the scale that is sent with it', (about) => Type.Number(about));
export const flag = kind('true or false', (about) => Type.Boolean(about));
export const consent = kind('true, false, "granted" or "denied"', (about) =>
  Type.Unsafe({ enum: [true, false, 'granted', 'denied'], ...about }),
);
export const query = kind('a string, a number or an object', (about) =>
  Type.Unsafe({ type: ['string', 'number', 'object'], ...about }),
);
export const anything = kind('anything', (about) => Type.Unknown(about));

/** An object with these fields, all optional. */
export const objectOf =
  (fields: Fields): Kind =>
  (description) => ({
    description,
    typeName: 'an object',
    fields,
    schema: Type.Object(optional(fields), { description }),
  });

/** An array of objects with these fields, all optional. */
export const listOf =
  (fields: Fields): Kind =>
  (description) => ({
    description,
    typeName: 'an array of objects',
    fields,
    schema: Type.Array(Type.Object(optional(fields)), { description }),
  });

export function required(fields: Fields): Record<string, TSchema> {
  return Object.fromEntries(Object.entries(fields).map(([name, { schema }]) => [name, schema]));
}

export function optional(fields: Fields): Record<string, TSchema> {
  return Object.fromEntries(Object.entries(fields).map(([name, { schema }]) => [name, Type.Optional(schema)]));
}
