import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { connect, dataSourceOf } from '@sestante/postgres';
import { type TestDatabase, testDatabase } from '@sestante/postgres/testing';
import type { DataSource } from 'typeorm';
import { migrations } from '../../src/dead-letters/dead-letter-table.ts';
import { DeadLetters, shortestUnmistakable } from '../../src/dead-letters/dead-letters.ts';
import { StoreDeadLetters } from '../../src/dead-letters/store-dead-letters.ts';

let database: TestDatabase;
let dataSource: DataSource;
let letters: DeadLetters;
beforeAll(async () => {
  database = await testDatabase();
  dataSource = dataSourceOf({ url: database.url, schema: 'letters', migrations });
  await connect(dataSource, 'letters');
  letters = new DeadLetters(dataSource);
  letters.setGroups(['profile']);
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});
beforeEach(() => dataSource.query('delete from letters.dead_letter'));

let offset = 0;
const store = async (value: unknown, { key = 'some key', group = 'profile' } = {}) => {
  const delivery = { topic: 'engagement.activities.v1', partition: 0, offset: ++offset, key, headers: {} };
  await new StoreDeadLetters(dataSource).store([
    { group, reason: 'out of range', delivery: { ...delivery, value: JSON.stringify(value), publishedAt: 0 } },
  ]);
};
const user = (value: string) => ({ kind: 'user_id', value });
const activityOf = (value: string) => ({ identifiers: [user(value)], properties: {} });

describe('an identifier', () => {
  test.each([
    [shortestUnmistakable - 1, 0],
    [shortestUnmistakable, 1],
    [shortestUnmistakable + 1, 1],
  ])('of %d characters removes %d letters that have it in a text', async (length, removed) => {
    const value = 'abcdefghijk'.slice(0, length);
    await store({ comment: `it is ${value}, I think` });
    expect(await letters.eraseIdentifiers([user(value)])).toBe(removed);
  });

  test('that is short removes letters that say it is this identifier, and no others', async () => {
    await store(activityOf('17'));
    await store(activityOf('175'));
    await store({ identifiers: [{ kind: 'loyalty_card', value: '17' }], properties: { revenue: 17, user_id: '1' } });
    await store({}, { key: 'user_id:17' });
    await store({}, { key: 'user_id:17-b' });
    expect(await letters.eraseIdentifiers([user('17')])).toBe(2);
    expect(await letters.counts({})).toMatchObject([{ count: 3 }]);
  });

  test('that is a short mailbox is found everywhere', async () => {
    await store({ note: 'a@b.io' });
    expect(await letters.eraseIdentifiers([{ kind: 'email', value: 'a@b.io' }])).toBe(1);
  });

  test('removes nothing of groups of other processes, and none removes nothing', async () => {
    await store(activityOf('somebody-else'), { group: 'scoring' });
    expect(await letters.eraseIdentifiers([user('somebody-else')])).toBe(0);
    expect(await letters.eraseIdentifiers([])).toBe(0);
  });
});
