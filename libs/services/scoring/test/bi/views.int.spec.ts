import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { elements } from '@sestante/engagement';
import { eventually } from '@sestante/streaming/testing';
import pg from 'pg';
import { customerColumns } from '../../src/bi/customer-columns.ts';
import { literalOf, withValues } from '../../src/bi/with-values.ts';
import { anActOf, daysAfter, idOf } from '../builders.ts';
import { path, startWithCustomers } from '../models/models-service.ts';

type Row = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- whatever a query selects

let service: Awaited<ReturnType<typeof startWithCustomers>>;
let reader: pg.Client;
const read = async (sql: string) => (await reader.query<Row>(sql)).rows;

beforeAll(async () => {
  service = await startWithCustomers();
  await service.publishActivities(
    anActOf('customer 1', { name: 'order.completed', channel: 'store', timestamp: daysAfter(-1) }),
  );
  reader = new pg.Client({ connectionString: service.databaseUrl });
  await reader.connect();
  await eventually(async () => {
    if ((await reader.query('select from bi.customers')).rowCount !== 30) throw new Error('Rows are missing.');
  });
  await reader.query('set role sestante_bi');
});
afterAll(async () => {
  await reader.end();
  await service.dispose();
});

describe('the view of customers', () => {
  it('has the scores that the API gives', async () => {
    const { elements: scored, overall } = await service.scoresOf('customer 3');
    await eventually(async () => {
      const [row] = await read(`select * from bi.customers where customer_id = '${idOf('customer 3')}'`);
      for (const element of elements)
        for (const part of ['bond', 'mood', 'drop', 'confidence'])
          expect(row![`${element}_${part}`] ?? -1).toBeCloseTo(scored[element][part] ?? -1, 0);
      expect(row!.overall).toBeCloseTo(overall, 0);
    });
  });

  it('has a comment on each column', async () => {
    const commented = await read(
      `select attname, col_description(attrelid, attnum) as comment from pg_attribute
        where attrelid = 'bi.customers'::regclass and attnum > 0`,
    );
    expect(commented).toHaveLength(customerColumns.length);
    expect(commented.filter(({ comment }) => !comment)).toEqual([]);
  });

  it('shows another model once that one is live', async () => {
    const scoreOf = async () =>
      (await read(`select trust_bond from bi.customers where customer_id = '${idOf('customer 3')}'`))[0]!.trust_bond;
    const before = await scoreOf();
    await service.addDraft('heavier');
    await service.doneShadow('heavier');
    expect((await service.postTo('heavier', '/promote')).status).toBeLessThan(300);
    await eventually(async () => {
      expect(await scoreOf()).not.toBeCloseTo(before, 1);
      expect(await scoreOf()).toBeCloseTo((await service.scoresOf('customer 3')).elements.trust.bond, 0);
    });
    expect((await service.get(path('heavier'))).body.status).toBe('live');
  });
});

describe('the role', () => {
  it.each([
    'select * from scoring.customer_score',
    'select * from scoring.model',
    'select * from access.api_key',
    'select * from audit.entry',
    'create table bi.other (id int)',
    'create table public.other (id int)',
    'delete from bi.audiences',
    `update bi.audiences set name = 'other'`,
  ])('cannot run: %s', async (sql) => {
    await expect(read(sql)).rejects.toMatchObject({ code: '42501' });
  });

  it('cannot log in', async () => {
    expect(await read(`select rolcanlogin from pg_roles where rolname = 'sestante_bi'`)).toEqual([
      { rolcanlogin: false },
    ]);
  });
});

describe('the queries of docs/sql.md', () => {
  it('are ten, and run', async () => {
    const page = await readFile(new URL('../../../../../docs/sql.md', import.meta.url), 'utf8');
    const queries = [...page.matchAll(/```sql\n([\s\S]*?)```/g)].map(([, query]) => query!);
    expect(queries).toHaveLength(10);
    for (const query of queries) {
      const { fields } = await reader.query<Row>(query);
      expect(fields.length).toBeGreaterThan(1);
    }
  });

  it('name every view', async () => {
    const page = await readFile(new URL('../../../../../docs/sql.md', import.meta.url), 'utf8');
    const views = await read(`select table_name as name from information_schema.views where table_schema = 'bi'`);
    expect(views.length).toBeGreaterThan(2);
    for (const { name } of views) expect(page).toContain(`| \`bi.${name}\``);
  });
});

describe('a value in a view', () => {
  it('is a literal that Postgres reads as the same value', async () => {
    for (const text of ["it's", `\\'; drop table scoring.model; --`, '$1', '"', 'ä\n'])
      expect(await read(`select ${literalOf(text)}::text as value`)).toEqual([{ value: text }]);
    expect(await read(`select ${literalOf(['a', "b'"])} as value`)).toEqual([{ value: ['a', "b'"] }]);
  });

  it('is put in the place of its parameter, and not read again', () => {
    expect(withValues('$1 + $2 + $12', ['$2', '2', ...Array.from({ length: 9 }, () => ''), '12'])).toBe('$2 + 2 + 12');
  });
});
