import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Client } from 'pg';
import {
  bigintArray,
  byteaArray,
  doubleArray,
  intArray,
  jsonArray,
  textArray,
  timestampArray,
  uuidArray,
} from './binary-arrays.ts';
import { type TestDatabase, testDatabase } from './testing/test-database.ts';

let database: TestDatabase;
let client: Client;
beforeAll(async () => {
  database = await testDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

/** What Postgres makes of the array, each element as its text. */
async function elements(array: Buffer, type: string): Promise<(string | null)[]> {
  const { rows } = await client.query<{ element: string | null }>(
    `select element::text from unnest($1::${type}[]) with ordinality as one (element, nth) order by nth`,
    [array],
  );
  return rows.map(({ element }) => element);
}

/** Texts that Postgres can store: without NUL and lone surrogates. */
const aText = fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', '').toWellFormed());
const aDate = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
const check = <T>(values: fc.Arbitrary<T>, property: (list: T[]) => Promise<void>) =>
  fc.assert(fc.asyncProperty(fc.array(values), property), { numRuns: 30 });

describe('Postgres reads the same', () => {
  test('UUIDs', () => check(fc.uuid(), async (ids) => expect(await elements(uuidArray(ids), 'uuid')).toEqual(ids)));

  test('texts and nulls', () =>
    check(fc.option(aText), async (texts) => expect(await elements(textArray(texts), 'text')).toEqual(texts)));

  test('JSON', () =>
    check(fc.option(fc.json().map((json) => json.replaceAll('\\u0000', ''))), async (texts) =>
      expect(await elements(jsonArray(texts), 'json')).toEqual(texts),
    ));

  test('bytes and nulls', () =>
    check(fc.option(fc.uint8Array()), async (values) =>
      expect(await elements(byteaArray(values), 'bytea')).toEqual(
        values.map((bytes) => bytes && `\\x${Buffer.from(bytes).toString('hex')}`),
      ),
    ));

  test('whole numbers', async () => {
    await check(fc.maxSafeInteger(), async (numbers) =>
      expect(await elements(bigintArray(numbers), 'bigint')).toEqual(numbers.map(String)),
    );
    await check(fc.option(fc.integer()), async (numbers) =>
      expect(await elements(intArray(numbers), 'int')).toEqual(numbers.map((n) => (n === null ? null : String(n)))),
    );
  });

  test('doubles and nulls', () =>
    check(fc.option(fc.double()), async (numbers) => {
      const read = await elements(doubleArray(numbers), 'float8');
      expect(read.map((text) => (text === null ? null : Number(text)))).toEqual(numbers);
    }));

  test('instants', () =>
    check(fc.option(aDate), async (dates) => {
      const { rows } = await client.query<{ at: Date | null }>(
        'select at from unnest($1::timestamptz[]) with ordinality as one (at, nth) order by nth',
        [timestampArray(dates.map((date) => date && date.getTime()))],
      );
      expect(rows.map(({ at }) => at)).toEqual(dates);
    }));
});

const notIds = [
  '',
  'a',
  '0199c0de-0000-7000-8000-00000000000',
  '0199c0de-0000-7000-8000-0000000000000',
  '0199c0de-0000-7000-8000-00000000000g',
  '0199c0de-0000-7000-8000-00000000000ı',
  '0199c0de00000-7000-8000-000000000000',
];
test.each(notIds)('the id "%s" is refused', (id) =>
  expect(() => uuidArray(['0199c0de-0000-7000-8000-000000000001', id])).toThrow('not a UUID'),
);

test.each([Number.NaN, Infinity, Date.parse('2026-13-01')])('the instant %s is refused', (instant) =>
  expect(() => timestampArray([0, instant])).toThrow('must be a time'),
);
