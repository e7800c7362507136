import fc from 'fast-check';

/** The keywords of JSON Schema that the document uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
}

type Find = (reference: string) => Schema;

/** Valid values of the schema, mostly small. `find` resolves references. */
export function fromSchema(schema: Schema, find: Find): fc.Arbitrary<unknown> {
  const inner = (one: Schema) => fromSchema(one, find);
  if (schema.$ref) return inner(find(schema.$ref));
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(inner));
  if (schema.allOf) return fc.tuple(...schema.allOf.map(inner)).map((parts) => Object.assign({}, ...parts) as unknown);
  const types = [schema.type ?? []].flat();
  return types.length === 0
    ? fc.jsonValue({ maxDepth: 2 })
    : fc.oneof(...types.map((type) => ofType(type, schema, find)));
}

function ofType(type: string, schema: Schema, find: Find): fc.Arbitrary<unknown> {
  switch (type) {
    case 'string':
      return textOf(schema);
    case 'integer':
      return fc.integer({ min: Math.ceil(schema.minimum ?? -1_000), max: Math.floor(schema.maximum ?? 2 ** 31) });
    case 'number':
      return fc.double({ min: schema.minimum ?? -1e6, max: schema.maximum ?? 1e6, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(fromSchema(schema.items ?? {}, find), { maxLength: Math.min(schema.maxItems ?? 5, 5) });
    default:
      return objectOf(schema, find);
  }
}

function objectOf({ properties = {}, required = [], ...schema }: Schema, find: Find): fc.Arbitrary<unknown> {
  const known = Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, fromSchema(one, find)]));
  const named = fc.record(known, { requiredKeys: [...required] });
  const isOpen = schema.additionalProperties !== false && Object.keys(properties).length === 0;
  if (!isOpen) return named;
  return fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 4 });
}

function textOf({ pattern, format, minLength = 0, maxLength = 40 }: Schema): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.uuid();
  if (format === 'date-time') return instant;
  if (pattern) return matching(pattern) ?? text;
  return minLength === 0 && maxLength >= 40 ? text : fc.string({ minLength, maxLength: Math.min(maxLength, 40) });
}

/** Shared, because its alphabet is slow to create. */
const text = fc.string({ maxLength: 40, unit: 'grapheme' });

const instant = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2026-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());

/** Texts that match the pattern; undefined if fast-check does not support it, as with lookahead. */
function matching(pattern: string): fc.Arbitrary<string> | undefined {
  try {
    return fc.stringMatching(new RegExp(pattern));
  } catch {
    return undefined;
  }
}
