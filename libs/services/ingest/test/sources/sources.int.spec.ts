import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { connect, dataSourceOf } from '@sestante/postgres';
import { type TestDatabase, testDatabase } from '@sestante/postgres/testing';
import type { DataSource } from 'typeorm';
import { migrations } from '../../src/migrations.ts';
import { sourceTable } from '../../src/sources/source.table.ts';
import { Sources } from '../../src/sources/sources.ts';

jest.setTimeout(30_000);

let database: TestDatabase;
let dataSource: DataSource;
beforeAll(async () => {
  database = await testDatabase();
  dataSource = await open();
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

async function open(): Promise<DataSource> {
  const opened = dataSourceOf({ url: database.url, schema: 'ingest', entities: [sourceTable], migrations });
  await connect(opened, 'ingest');
  return opened;
}

describe('a source', () => {
  test('is known by its write key, of which only the hash is kept', async () => {
    const sources = new Sources(dataSource);
    await sources.keep('web-shop', 'web', 'the-key-of-the-shop');
    expect(await sources.byKey('the-key-of-the-shop')).toMatchObject({ name: 'web-shop', channel: 'web' });
    expect(await sources.byKey('another-key')).toBeUndefined();
    expect(JSON.stringify(await dataSource.query('select name, key_hash::text from ingest.source'))).not.toContain(
      'the-key-of-the-shop',
    );
  });

  test('that gets a new key keeps its id, and its old key is worth nothing', async () => {
    const sources = new Sources(dataSource);
    await sources.keep('till', 'store', 'the-old-key-of-the-till');
    const before = await sources.byKey('the-old-key-of-the-till');
    await sources.keep('till', 'store', 'the-new-key-of-the-till');
    expect(await sources.byKey('the-new-key-of-the-till')).toEqual({ ...before, keyHash: expect.anything() });
    expect(await sources.byKey('the-old-key-of-the-till')).toBeUndefined();
  });

  test('goes on being known while the database is away', async () => {
    const lost = await open();
    const sources = new Sources(lost);
    await sources.keep('app', 'mobile', 'the-key-of-the-app');
    const before = await sources.byKey('the-key-of-the-app');
    await lost.destroy();
    expect(await sources.byKey('the-key-of-the-app')).toEqual(before);
  });
});
