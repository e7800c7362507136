import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Pool } from 'pg';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { connect, dataSourceOf, textArray, transaction, withClient } from '../src/index.ts';
import { type TestDatabase, testDatabase } from '../src/testing/index.ts';

jest.setTimeout(30_000);

class Shelf1763800000000 implements MigrationInterface {
  name = 'Shelf1763800000000';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table shop.book (title text primary key)');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table shop.book');
  }
}
class Price1763900000000 implements MigrationInterface {
  name = 'Price1763900000000';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table shop.book add column price numeric');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table shop.book drop column price');
  }
}
class Broken1764000000000 implements MigrationInterface {
  name = 'Broken1764000000000';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table shop.half_made ()');
    await runner.query('select 1 / 0');
  }
  async down(): Promise<void> {}
}

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const shop = (migrations: (new () => MigrationInterface)[] = [Shelf1763800000000], poolSize = 4) =>
  dataSourceOf({ url: database.url, schema: 'shop', migrations, poolSize });

describe('connecting', () => {
  const opened: DataSource[] = [];
  const opening = (...args: Parameters<typeof shop>) => {
    const dataSource = shop(...args);
    opened.push(dataSource);
    return dataSource;
  };
  afterEach(async () => {
    for (const dataSource of opened.splice(0)) await dataSource.destroy();
  });
  const migrations = async (dataSource: DataSource) =>
    (await dataSource.query<{ name: string }[]>('select name from shop.migration order by id')).map(({ name }) => name);

  test('sets an idle timeout of 30 s, which releases the rows of a process that hangs', async () => {
    const dataSource = opening();
    await connect(dataSource, 'shop');
    const [row] = await dataSource.query<Record<string, string>[]>('show idle_in_transaction_session_timeout');
    expect(Object.values(row!)).toEqual(['30s']);
  });

  test('by several at once creates the schema once, and runs each migration once', async () => {
    const several = Array.from({ length: 5 }, () => opening());
    await Promise.all(several.map((dataSource) => connect(dataSource, 'shop')));
    expect(await migrations(several[0]!)).toEqual(['Shelf1763800000000']);
  });

  test('needs at most two connections', async () => {
    const dataSource = opening([Shelf1763800000000], 2);
    await connect(dataSource, 'shop');
  });

  test('again runs only new migrations', async () => {
    const dataSource = opening();
    await connect(dataSource, 'shop');
    await connect(dataSource, 'shop');
    const next = opening([Shelf1763800000000, Price1763900000000]);
    await connect(next, 'shop');
    expect(await migrations(next)).toEqual(['Shelf1763800000000', 'Price1763900000000']);
  });

  test('rolls back a failed migration, and can be repeated', async () => {
    const broken = opening([Shelf1763800000000, Price1763900000000, Broken1764000000000]);
    await expect(connect(broken, 'shop')).rejects.toThrow('division by zero');
    await expect(connect(broken, 'shop')).rejects.toThrow('division by zero');
    const corrected = opening([Shelf1763800000000, Price1763900000000]);
    await connect(corrected, 'shop');
    expect(await corrected.query(`select to_regclass('shop.half_made') as found`)).toEqual([{ found: null }]);
  });

  test('to an unreachable server rejects with the reason, and can be repeated', async () => {
    const nowhere = dataSourceOf({ url: 'postgres://x:y@127.0.0.1:1/none', schema: 'shop', migrations: [] });
    await expect(connect(nowhere, 'shop')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await expect(connect(nowhere, 'shop')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('a transaction', () => {
  let dataSource: DataSource;
  beforeAll(async () => {
    dataSource = shop();
    await connect(dataSource, 'shop');
  });
  afterAll(() => dataSource.destroy());
  beforeEach(async () => {
    await dataSource.query('truncate shop.book');
  });

  const titles = async () =>
    (await dataSource.query<{ title: string }[]>('select title from shop.book order by title')).map(
      ({ title }) => title,
    );

  test('is committed when its work resolves, and resolves to its result', async () => {
    const result = await transaction(dataSource, async (client) => {
      await client.query(`insert into shop.book (title) values ('Emma')`);
      expect(await titles()).toEqual([]);
      return 'done';
    });
    expect([result, await titles()]).toEqual(['done', ['Emma']]);
  });

  test('is rolled back when its work rejects, with the error of the work', async () => {
    const boom = new Error('boom');
    const work = transaction(dataSource, async (client) => {
      await client.query(`insert into shop.book (title) values ('Emma')`);
      throw boom;
    });
    await expect(work).rejects.toBe(boom);
    expect(await titles()).toEqual([]);
  });

  test('is rolled back when a statement fails', async () => {
    const work = transaction(dataSource, async (client) => {
      await client.query(`insert into shop.book (title) values ('Emma')`);
      await client.query(`insert into shop.book (title) values ('Emma')`);
    });
    await expect(work).rejects.toMatchObject({ code: '23505' });
    expect(await titles()).toEqual([]);
  });

  test('rejects if the work ignores a failed statement', async () => {
    const work = transaction(dataSource, async (client) => {
      await client.query(`insert into shop.book (title) values ('Emma')`);
      await client.query('select 1 / 0').catch(() => undefined);
    });
    await expect(work).rejects.toThrow('rolled back');
    expect(await titles()).toEqual([]);
  });

  test('whose connection breaks rejects, and the next one works', async () => {
    const work = transaction(dataSource, async (client) => {
      await client.query(`insert into shop.book (title) values ('Emma')`);
      await client.query('select pg_terminate_backend(pg_backend_pid())');
    });
    await expect(work).rejects.toMatchObject({ message: expect.stringMatching(/terminat/) });
    expect(await titles()).toEqual([]);
    await transaction(dataSource, (client) => client.query(`insert into shop.book (title) values ('Persuasion')`));
    expect(await titles()).toEqual(['Persuasion']);
  });

  test('does not crash the process if a connection breaks while the pool hands it out', async () => {
    const pool = (dataSource.driver as PostgresDriver).master as Pool;
    const client = await pool.connect();
    expect(() => client.emit('error', new Error('terminating connection'))).not.toThrow();
    client.release(true);
    await expect(transaction(dataSource, async () => 'there is another')).resolves.toBe('there is another');
  });

  test('returns its connection to the pool in any case', async () => {
    for (let round = 0; round < 20; round++)
      await transaction(dataSource, () => Promise.reject(new Error('no'))).catch(() => undefined);
    for (let round = 0; round < 20; round++)
      await withClient(dataSource, () => Promise.reject(new Error('no'))).catch(() => undefined);
    await expect(transaction(dataSource, async () => 'there is one left')).resolves.toBe('there is one left');
  });

  test('accepts a batch as one array per column', async () => {
    const books = [{ title: 'Emma' }, { title: 'Mansfield "Park"' }];
    await transaction(dataSource, (client) =>
      client.query('insert into shop.book (title) select unnest($1::text[])', [
        textArray(books.map(({ title }) => title)),
      ]),
    );
    expect(await titles()).toEqual(['Emma', 'Mansfield "Park"']);
  });
});
