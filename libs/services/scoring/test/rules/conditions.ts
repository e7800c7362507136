import { type Catalogue, catalogueOf, type ColumnOf, type Field, type RuleDocument } from '@sestante/rules';
import fc from 'fast-check';

/** Conditions over rows that have one value of each type of field. */
export const now = Date.parse('2026-11-28T12:00:00Z');
const dayMs = 86_400_000;

const fields: readonly Field[] = [
  { name: 'number', type: 'number' },
  { name: 'text', type: 'text' },
  { name: 'boolean', type: 'boolean' },
  { name: 'instant', type: 'instant' },
  { name: 'texts', type: 'texts' },
  { name: 'any', type: 'any' },
  { name: 'membership', type: 'membership' },
  { name: 'stored.number', type: 'number' },
  { name: 'stored.text', type: 'text' },
  { name: 'stored.texts', type: 'texts' },
];

export const catalogue: Catalogue = catalogueOf(fields);

/** Fields of `stored` are found in the column of jsonb, which may have values of any type. */
export const columnOf: ColumnOf = (name) => {
  if (name.startsWith('stored.')) return { type: 'any', sql: 'r."any"' };
  const { type } = catalogue(name)!;
  if (type === 'membership') return { type, sql: (ids) => `r.membership && ${ids}` };
  return { type, sql: `r."${name}"` };
};

/** The columns of the rows, as `jsonb_to_recordset` needs them. */
export const columns =
  '"number" float8, "text" text, "boolean" boolean, "instant" timestamptz, "texts" text[], "any" jsonb, membership text[]';

export interface Row {
  readonly number: number | null;
  readonly text: string | null;
  readonly boolean: boolean | null;
  readonly instant: number | null;
  readonly texts: readonly string[] | null;
  readonly any: unknown;
  readonly membership: readonly string[];
}

const hostile = [
  "'; drop table customer; --",
  "\\'",
  '"',
  '$1',
  '$$',
  '{a,"b"}',
  '{}',
  'NULL',
  '',
  ' ',
  '%',
  '🧭',
  'it’s\n',
  '3',
  'true',
];
const storable = fc.string({ unit: 'binary', maxLength: 5 }).filter((text) => !text.includes('\0'));
const text = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...hostile) }, storable);
const number = fc.oneof(
  fc.constantFrom(0, -0, 1, 3, 0.1, 0.1 + 0.2, 40, 1e-7, 2 ** 53, -1e300, Number.MIN_VALUE, Number.MAX_VALUE),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const instant = fc.oneof(
  fc.constantFrom(0, -1, 0.5, 1, 30, 365).map((days) => now - days * dayMs),
  fc.constantFrom(-1, 1).map((ms) => now - 30 * dayMs + ms),
  fc.integer({ min: Date.parse('0001-01-02T00:00:00Z'), max: Date.parse('9999-12-30T00:00:00Z') }),
);
const id = fc.constantFrom(1, 2, 3, 4).map((digit) => `0192f0c1-2222-7000-8000-00000000000${digit}`);
const value = fc.oneof(
  number,
  text,
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom([], {}, ['x'], [['3']], { a: 1 }),
);

/** Any row, with absent values, and with values of any type in `any`. */
export const rows: fc.Arbitrary<Row> = fc.record({
  number: fc.option(number),
  text: fc.option(text),
  boolean: fc.option(fc.boolean()),
  instant: fc.option(instant),
  texts: fc.option(fc.array(text, { maxLength: 3 })),
  any: fc.oneof(value, fc.array(text, { minLength: 1, maxLength: 3 })),
  membership: fc.uniqueArray(id, { maxLength: 3 }),
});

const comparison = fc.constantFrom('equals', 'above', 'at-least', 'below', 'at-most');
const several = <Item>(item: fc.Arbitrary<Item>) => fc.array(item, { minLength: 1, maxLength: 4 });
const leafOf = (names: readonly string[], operator: fc.Arbitrary<string> | string, operand?: fc.Arbitrary<unknown>) =>
  fc.record({
    field: fc.constantFrom(...names),
    operator: typeof operator === 'string' ? fc.constant(operator) : operator,
    ...(operand && { value: operand }),
  });

const leaf = fc.oneof(
  leafOf(['number', 'any', 'stored.number'], comparison, number),
  leafOf(['text', 'any', 'stored.text'], 'equals', text),
  leafOf(['text', 'any', 'stored.text'], 'one-of', several(text)),
  leafOf(['boolean', 'any'], 'equals', fc.boolean()),
  leafOf(
    ['instant'],
    fc.constantFrom('before', 'after'),
    instant.map((at) => new Date(at).toISOString()),
  ),
  leafOf(['instant'], 'within-days', fc.constantFrom(1, 30, 36_500)),
  leafOf(['texts', 'stored.texts'], 'contains', text),
  leafOf(['membership'], 'equals', id),
  leafOf(['membership'], 'one-of', several(id)),
  leafOf(
    fields.map(({ name }) => name).filter((name) => name !== 'membership'),
    'present',
  ),
) as fc.Arbitrary<RuleDocument>;

/** Any rule over these rows. */
export const ruleDocuments = fc.letrec<{ rule: RuleDocument }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    tie('rule').map((not) => ({ not })),
  ),
})).rule;
