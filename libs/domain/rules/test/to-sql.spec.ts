import { describe, expect, test } from '@jest/globals';
import {
  attributeFields,
  audienceField,
  type Column,
  type ColumnOf,
  catalogueOf,
  customerCatalogue,
} from '../src/index.ts';
import { documentNode, type RuleDocument, ruleIn, toSql, union } from '../src/index.ts';

const now = Date.parse('2026-11-28T12:00:00Z');
const catalogue = union(customerCatalogue, catalogueOf([audienceField, ...attributeFields()]));
const audience = '0192f0c1-2222-7000-8000-000000000001';
const other = '0192f0c1-2222-7000-8000-000000000002';

const columns: Readonly<Record<string, Column>> = {
  'trust.mood': { type: 'number', sql: '100 * c.v / c.w' },
  loyal: { type: 'boolean', sql: 'c.loyal' },
  channels: { type: 'texts', sql: 'c.channels' },
  lastSeenAt: { type: 'instant', sql: 'c.last_at' },
  'consents.offers': { type: 'text', sql: 'c.offers' },
  'attributes.tier': { type: 'any', sql: "c.attributes -> 'tier'" },
  audience: { type: 'membership', sql: (ids) => `c.id in (select m.id from member m where m.audience = any(${ids}))` },
};
const columnOf: ColumnOf = (name) => columns[name]!;

function sqlOf(document: RuleDocument, columnsOf = columnOf, firstParameter?: number) {
  return toSql(ruleIn(documentNode(document), catalogue), columnsOf, now, firstParameter);
}

describe('a leaf in SQL', () => {
  test.each<[RuleDocument, string, unknown[]]>([
    [{ field: 'trust.mood', operator: 'below', value: 40 }, 'coalesce((100 * c.v / c.w) < $1::float8, false)', ['40']],
    [{ field: 'trust.mood', operator: 'present' }, 'coalesce((100 * c.v / c.w) is not null, false)', []],
    [{ field: 'loyal', operator: 'equals', value: false }, 'coalesce((c.loyal) = $1::boolean, false)', [false]],
    [
      { field: 'channels', operator: 'contains', value: 'web' },
      'coalesce($1::text = any((c.channels)), false)',
      ['web'],
    ],
    [
      { field: 'consents.offers', operator: 'one-of', value: ['granted', 'unknown'] },
      'coalesce((c.offers) = any($1::text[]), false)',
      [['granted', 'unknown']],
    ],
    [
      { field: 'lastSeenAt', operator: 'within-days', value: 30 },
      'coalesce(((c.last_at) > $1::timestamptz and (c.last_at) <= $2::timestamptz), false)',
      ['2026-10-29T12:00:00.000Z', '2026-11-28T12:00:00.000Z'],
    ],
    [
      { field: 'attributes.tier', operator: 'equals', value: 'gold' },
      "coalesce((c.attributes -> 'tier') = to_jsonb($1::text), false)",
      ['gold'],
    ],
    [
      { field: 'audience', operator: 'one-of', value: [audience, other] },
      'coalesce(c.id in (select m.id from member m where m.audience = any($1::text[])), false)',
      [[audience, other]],
    ],
  ])('%j', (document, text, values) => {
    expect(sqlOf(document)).toEqual({ text, values });
  });

  test('has no part of its values in its text', () => {
    const value = "'; drop table customer; --";
    const { text, values } = sqlOf({ field: 'attributes.tier', operator: 'equals', value });
    expect(text).not.toContain('drop');
    expect(values).toEqual([value]);
  });

  test('fails if its column cannot be compared with it', () => {
    const wrong: ColumnOf = () => ({ type: 'any', sql: 'c.last_at' });
    expect(() => sqlOf({ field: 'lastSeenAt', operator: 'within-days', value: 30 }, wrong)).toThrow(
      new TypeError('within-days of lastSeenAt cannot be tested on a column of type any'),
    );
  });
});

test('combinations keep their structure, and parameters count from the first one', () => {
  const mood: RuleDocument = { field: 'trust.mood', operator: 'below', value: 40 };
  const loyal: RuleDocument = { field: 'loyal', operator: 'equals', value: true };
  expect(sqlOf({ all: [mood, { not: { any: [loyal, mood] } }] }, columnOf, 5)).toEqual({
    text:
      '(coalesce((100 * c.v / c.w) < $5::float8, false) and ' +
      '(not (coalesce((c.loyal) = $6::boolean, false) or coalesce((100 * c.v / c.w) < $7::float8, false))))',
    values: ['40', true, '40'],
  });
});
