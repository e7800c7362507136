import type { Type } from '@nestjs/common';
import { IS_TIMEZONE, MATCHES, MAX, MIN, ValidationTypes } from 'class-validator';
import { targetConstructorToSchema } from 'class-validator-jsonschema';
import type { Schema } from './says.ts';

/** The shape of a request class. */
export interface RequestSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties: false;
}

const mayBeNull = 'x-may-be-null';

type Applies = (object: object, value: unknown) => boolean;
type Converters = NonNullable<NonNullable<Parameters<typeof targetConstructorToSchema>[1]>['additionalConverters']>;

const converters: Converters = {
  // What a condition says of null is known by asking it.
  [ValidationTypes.CONDITIONAL_VALIDATION]: ({ constraints: [applies] }) =>
    (applies as Applies)({}, null) ? {} : { [mayBeNull]: true },
  // A limit does not tell an integer from a number.
  [MIN]: ({ constraints: [minimum] }) => ({ minimum: minimum as number }),
  [MAX]: ({ constraints: [maximum] }) => ({ maximum: maximum as number }),
  [IS_TIMEZONE]: () => ({ type: 'string', description: 'The name of a time zone in the IANA database.' }),
  [MATCHES]: ({ constraints: [pattern] }) => ({ type: 'string', pattern: (pattern as RegExp).source }),
};

/** What class-validator is told about the class, as JSON Schema; the values that its properties begin with are their defaults. */
export function requestSchema(type: Type): RequestSchema {
  const { properties = {}, required = [] } = targetConstructorToSchema(type, { additionalConverters: converters });
  const defaults = new type() as Readonly<Record<string, unknown>>;
  const needed = required.filter((name) => defaults[name] === undefined);
  return {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, schema]) => [name, completed(schema, defaults[name])]),
    ),
    ...(needed.length > 0 ? { required: needed } : {}),
    additionalProperties: false,
  };
}

function completed(given: Schema, byDefault: unknown): Schema {
  const { [mayBeNull]: isNullable, ...schema } = given as Record<string, unknown>;
  const value = isNullable ? { anyOf: [schema, { type: 'null' }] } : schema;
  return byDefault === undefined ? value : { ...value, default: byDefault };
}
