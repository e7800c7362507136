import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { connect, dataSourceOf } from '@sestante/postgres';
import { type TestDatabase, testDatabase } from '@sestante/postgres/testing';
import type { DataSource } from 'typeorm';
import { migrations } from '../../src/migrations.ts';
import { Senders } from '../../src/sources/senders.ts';
import { sourceKeyTable, sourceTable } from '../../src/sources/source.table.ts';
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
  const opened = dataSourceOf({
    url: database.url,
    schema: 'ingest',
    entities: [sourceTable, sourceKeyTable],
    migrations,
  });
  await connect(opened, 'ingest');
  return opened;
}

/** The senders of one process. */
function sourcesOn(source: DataSource): { senders: Senders; sources: Sources } {
  const senders = new Senders(source);
  return { senders, sources: new Sources(source, senders) };
}

describe('a sender', () => {
  test('is found by a key, and not by the id of a source', async () => {
    const { senders, sources } = sourcesOn(dataSource);
    await sources.ensureConfigured('web-shop', 'the-key-of-the-shop');
    const { id } = (await senders.byKey('the-key-of-the-shop'))!;
    expect(await senders.byId(id)).toMatchObject({ name: 'web-shop' });
    expect(await senders.byKey(id)).toBeUndefined();
  });

  test('of the service itself is found by its id, and not by any key', async () => {
    const { senders, sources } = sourcesOn(dataSource);
    await sources.ensureConfigured('web-shop', 'the-key-of-the-shop');
    const { id } = (await senders.byKey('the-key-of-the-shop'))!;
    expect(await senders.byKey(id)).toBeUndefined();
    expect(await senders.byId(id)).toMatchObject({ id });
  });

  test('is not read from an outdated cache after a change', async () => {
    const { senders, sources } = sourcesOn(dataSource);
    await sources.ensureConfigured('web-shop', 'the-key-of-the-shop');
    const asked = senders.byKey('the-key-of-the-shop');
    senders.forget();
    await dataSource.query(`update ingest.source set channel = 'other' where name = 'web-shop'`);
    await asked;
    expect(await senders.byKey('the-key-of-the-shop')).toMatchObject({ channel: 'other' });
    await dataSource.query(`update ingest.source set channel = 'web' where name = 'web-shop'`);
  });
});

describe('the source of the configuration', () => {
  test('is found by its write key, of which only the hash is stored', async () => {
    const { senders, sources } = sourcesOn(dataSource);
    await sources.ensureConfigured('web-shop', 'the-key-of-the-shop');
    expect(await senders.byKey('the-key-of-the-shop')).toMatchObject({ name: 'web-shop', channel: 'web' });
    expect(await senders.byKey('another-key')).toBeUndefined();
    const kept = await dataSource.query('select s.*, k.* from ingest.source s join ingest.source_key k on true');
    expect(JSON.stringify(kept)).not.toContain('the-key-of-the-shop');
  });

  test('with a new key keeps its id, and its old key is invalid', async () => {
    const { senders, sources } = sourcesOn(dataSource);
    await sources.ensureConfigured('till', 'the-old-key-of-the-till');
    const before = await senders.byKey('the-old-key-of-the-till');
    await sources.ensureConfigured('till', 'the-new-key-of-the-till');
    expect(await senders.byKey('the-new-key-of-the-till')).toEqual(before);
    expect(await senders.byKey('the-old-key-of-the-till')).toBeUndefined();
  });

  test('that was renamed is found after a restart, also with a new key', async () => {
    const { senders, sources } = sourcesOn(dataSource);
    await sources.ensureConfigured('first', 'the-first-key');
    const { id } = (await senders.byKey('the-first-key'))!;
    await sources.change(id, { name: 'shop of Rome' });
    await sources.ensureConfigured('first', 'the-first-key');
    await sources.ensureConfigured('first', 'the-second-key');
    expect(await senders.byKey('the-second-key')).toMatchObject({ id, name: 'shop of Rome' });
    expect(await senders.byKey('the-first-key')).toBeUndefined();
  });

  test('keeps its settings and other keys after a restart', async () => {
    const { senders, sources } = sourcesOn(dataSource);
    await sources.ensureConfigured('kiosk', 'the-key-of-the-kiosk');
    const { id } = (await senders.byKey('the-key-of-the-kiosk'))!;
    await sources.change(id, { channel: 'store' });
    const { writeKey } = await sources.addKey(id, 'secret');
    await sources.ensureConfigured('kiosk', 'the-key-of-the-kiosk');
    expect(await senders.byKey('the-key-of-the-kiosk')).toMatchObject({ id, channel: 'store' });
    expect(await senders.byKey(writeKey)).toMatchObject({ id });
  });
});

test('a source is found while the database is unavailable', async () => {
  const lost = await open();
  const { senders, sources } = sourcesOn(lost);
  await sources.ensureConfigured('app', 'the-key-of-the-app');
  const before = await senders.byKey('the-key-of-the-app');
  await lost.destroy();
  expect(await senders.byKey('the-key-of-the-app')).toEqual(before);
});

test('two keys that are created at the same time do not exceed the limit', async () => {
  const { sources } = sourcesOn(dataSource);
  const limits = {
    eventsPerSecond: null,
    isPaused: false,
    isStrict: false,
    pagesMayLink: false,
    timeZone: null,
    country: null,
    consentCategories: {},
  };
  const settings = { channel: 'web', ...limits } as const;
  const { source } = await sources.create({ ...settings, claims: [], origins: [], name: 'hasty' }, 'secret');
  const outcomes = await Promise.allSettled(Array.from({ length: 4 }, () => sources.addKey(source.id, 'secret')));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect((await sources.get(source.id)).keys).toHaveLength(2);
});
