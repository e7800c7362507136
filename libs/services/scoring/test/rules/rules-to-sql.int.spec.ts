import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { documentNode, holds, type Rule, type RuleDocument, ruleIn, toSql } from '@sestante/rules';
import { type TestDatabase, testDatabase } from '@sestante/postgres/testing';
import fc from 'fast-check';
import pg from 'pg';
import { catalogue, columnOf, columns, now, type Row, ruleDocuments, rows } from './conditions.ts';

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await testDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

function ruleOf(document: RuleDocument): Rule {
  const node = documentNode(document);
  const rule = ruleIn(node, catalogue);
  expect(node.faults).toEqual([]);
  return rule;
}

/** For each row, whether the rule holds by SQL. */
async function inSql(rule: Rule, rowsAsJson: string): Promise<unknown[]> {
  const { text, values } = toSql(rule, columnOf, now, 2);
  const { rows } = await client.query<{ holds: unknown }>(
    `select ${text} as holds from rows from (jsonb_to_recordset($1::jsonb) as (${columns})) with ordinality r order by ordinality`,
    [rowsAsJson, ...values],
  );
  return rows.map((row) => row.holds);
}

function inMemory(rule: Rule, row: Row): boolean {
  return holds(rule, ({ name }) => row[(name.startsWith('stored.') ? 'any' : name) as keyof Row], now);
}

const withTexts = (row: Row) => ({
  ...row,
  instant: row.instant === null ? null : new Date(row.instant).toISOString(),
});

describe('a rule in SQL', () => {
  test('says what it says in memory, for any rule and any rows', async () => {
    await fc.assert(
      fc.asyncProperty(ruleDocuments, fc.array(rows, { minLength: 10, maxLength: 20 }), async (document, some) => {
        const rule = ruleOf(document);
        expect(await inSql(rule, JSON.stringify(some.map(withTexts)))).toEqual(some.map((row) => inMemory(rule, row)));
      }),
      { numRuns: 400 },
    );
  }, 60_000);

  test.each<[string, RuleDocument, string, boolean]>([
    ['a number that no double can have', { field: 'any', operator: 'above', value: 2 }, '{"any": 1e400}', true],
    ['a number below all doubles', { field: 'any', operator: 'below', value: 2 }, '{"any": -1e400}', true],
    ['no columns at all', { not: { field: 'any', operator: 'equals', value: false } }, '{}', true],
    [
      'the year 0',
      { field: 'instant', operator: 'after', value: '0000-01-01T00:00:00Z' },
      '{"instant": "epoch"}',
      true,
    ],
    [
      'a year before 0',
      { field: 'instant', operator: 'after', value: '0000-01-01T00:00:00+14:00' },
      '{"instant": "epoch"}',
      true,
    ],
    [
      'the year 10000',
      { field: 'instant', operator: 'before', value: '9999-12-31T23:00:00-14:00' },
      '{"instant": "epoch"}',
      true,
    ],
    [
      'an instant without end',
      { field: 'instant', operator: 'within-days', value: 36_500 },
      '{"instant": "infinity"}',
      false,
    ],
  ])('answers for %s', async (_, document, row, expected) => {
    expect(await inSql(ruleOf(document), `[${row}]`)).toEqual([expected]);
  });

  test('with 200 parts is one statement', async () => {
    const leaves = Array.from({ length: 199 }, (): RuleDocument => ({ field: 'number', operator: 'above', value: 1 }));
    expect(await inSql(ruleOf({ all: leaves }), '[{"number": 2}, {"number": 1}, {}]')).toEqual([true, false, false]);
  });
});
