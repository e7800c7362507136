import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestDatabase, testDatabase } from '@sestante/postgres/testing';
import { Client } from 'pg';
import { ErasedIdentifiers, erasedIdentifierTables } from '../src/index.ts';

let database: TestDatabase;
let client: Client;
beforeAll(async () => {
  database = await testDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query(`create schema profile; ${erasedIdentifierTables('profile')}`);
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const erasedAt = new Date('2026-11-28T12:00:00Z');

describe('an erasure whose transaction was rolled back', () => {
  it('leaves no key behind: what the same process erases next is found by every process', async () => {
    const erased = new ErasedIdentifiers('profile');
    await client.query('begin');
    await erased.add(client, ['user_id:ada'], erasedAt);
    await client.query('rollback');
    await erased.add(client, ['user_id:bea'], erasedAt);
    for (const process of [erased, new ErasedIdentifiers('profile')])
      expect(await process.find(client, ['user_id:ada', 'user_id:bea'])).toEqual(
        new Map([['user_id:bea', erasedAt.getTime()]]),
      );
  });
});
