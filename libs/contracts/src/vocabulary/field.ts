import { type TSchema, type TSchemaOptions, Type } from 'typebox';

/** One property of an activity: what it means, and its type, in words and as a schema. */
export interface Field {
  readonly says: string;
  /** With an article, as reasons say it: `a text or number`. */
  readonly words: string;
  readonly schema: TSchema;
  /** The known fields of the object, or of each object in the list. */
  readonly fields?: Fields;
}

export type Fields = Readonly<Record<string, Field>>;

/** A field of a kind, by the sentence that says what it means. */
type Kind = (says: string) => Field;

const kind =
  (words: string, schema: (about: TSchemaOptions) => TSchema): Kind =>
  (says) => ({ says, words, schema: schema({ description: says }) });

/** Not empty, and nothing that has lost what tells one from another: in scientific notation, or in bytes that were no characters. */
const anId = '^(?!\\s*[+-]?\\d+(?:[.,]\\d+)?[eE]\\+\\d+\\s*$)(?=[^\\ufffd]*$)\\s*\\S';

/** No number that JSON has rounded, either: two orders would become one. */
export const id = kind('a text or number', (about) =>
  Type.Unsafe({
    type: ['string', 'number'],
    pattern: anId,
    minimum: Number.MIN_SAFE_INTEGER,
    maximum: Number.MAX_SAFE_INTEGER,
    ...about,
  }),
);
/** The id of something that Sestante itself gave out, which is always a text. */
export const ownId = kind('a text', (about) => Type.String({ pattern: '\\S', ...about }));
/** A short name or code. Many are numbers where they come from: shoe sizes, builds, coupons. */
export const label = kind('a text or number', (about) => Type.Unsafe({ type: ['string', 'number'], ...about }));
export const labels = kind('a list of texts or numbers', (about) =>
  Type.Array(Type.Unsafe({ type: ['string', 'number'] }), about),
);
export const text = kind('a text', (about) => Type.String(about));
export const day = kind('a day or an instant in ISO 8601', (about) =>
  Type.String({
    pattern:
      '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])([T ]\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?(Z|[+-]\\d\\d:?\\d\\d)?)?$',
    ...about,
  }),
);
export const number = kind('a number', (about) => Type.Number(about));
/** Money, a quantity, a span of time: nothing that can be below 0. */
export const amount = kind('a number of 0 or more', (about) => Type.Number({ minimum: 0, ...about }));
/** The scale is the one by which the scoring model reads it. */
export const rating = kind('a number from 1 to 5', (about) => Type.Number({ minimum: 1, maximum: 5, ...about }));
export const flag = kind('true or false', (about) => Type.Boolean(about));
export const consent = kind('true, false, "granted" or "denied"', (about) =>
  Type.Unsafe({ enum: [true, false, 'granted', 'denied'], ...about }),
);
export const query = kind('a text, a number or an object', (about) =>
  Type.Unsafe({ type: ['string', 'number', 'object'], ...about }),
);
export const anything = kind('anything', (about) => Type.Unknown(about));

/** An object with these fields, all of which may be missing. */
export const objectOf =
  (fields: Fields): Kind =>
  (says) => ({ says, words: 'an object', fields, schema: Type.Object(optional(fields), { description: says }) });

/** A list of objects with these fields, all of which may be missing. */
export const listOf =
  (fields: Fields): Kind =>
  (says) => ({
    says,
    words: 'a list of objects',
    fields,
    schema: Type.Array(Type.Object(optional(fields)), { description: says }),
  });

export function required(fields: Fields): Record<string, TSchema> {
  return Object.fromEntries(Object.entries(fields).map(([name, { schema }]) => [name, schema]));
}

export function optional(fields: Fields): Record<string, TSchema> {
  return Object.fromEntries(Object.entries(fields).map(([name, { schema }]) => [name, Type.Optional(schema)]));
}
