import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { connect, dataSourceOf, transaction } from '@sestante/postgres';
import { type TestDatabase, testDatabase } from '@sestante/postgres/testing';
import type { DataSource } from 'typeorm';
import { migrations } from '../../src/dead-letters/dead-letter-table.ts';
import { DeadLetters } from '../../src/dead-letters/dead-letters.ts';
import type { NamedIdentifier } from '../../src/dead-letters/erase-letters.ts';
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
const erasureId = '5f0c1c0e-6f59-4c3c-9d37-0f7f5f3c7a0e';
const erase = (...identifiers: NamedIdentifier[]) =>
  transaction(dataSource, (client) => letters.erasePerson(client, { erasureId, identifiers, members: [] }));
const eraseMembers = (...members: string[]) =>
  transaction(dataSource, (client) => letters.erasePerson(client, { erasureId, members }));
const user = (value: string) => ({ kind: 'user_id', value });
const activityOf = (value: string) => ({ identifiers: [user(value)], properties: {} });

describe('an identifier', () => {
  test.each([
    ['like an account', 'ada-1815', 1],
    ['like a word', 'lovelace', 0],
    ['too short', 'ada-815', 0],
  ])('that looks %s is looked for in texts this often: %s, %d', async (_, value, removed) => {
    await store({ comment: `it is ${value}, I think` });
    expect(await erase(user(value))).toBe(removed);
  });

  test.each([
    'receivedAt',
    'activity-received',
    '2026-11-28',
    'activities',
    'engagement.activities.v1',
    'anonymous_id',
  ])('that a page chooses to be like a part of every letter removes nothing: %s', async (value) => {
    await store({ ...activityOf('17'), receivedAt: '2026-11-28T01:02:03.004Z', activities: 'activity-received' });
    expect(await erase({ kind: 'anonymous_id', value })).toBe(0);
  });

  test.each([
    ['an activity', activityOf('lovelace')],
    ['a list of persons', { persons: ['user_id:lovelace'] }],
    ['an event of a source', { type: 'track', userId: 'Lovelace' }],
    ['another event of a source', { data: { loyalty_account_id: 'lovelace' } }],
  ])('that looks like a word is found in %s', async (_, value) => {
    await store(value);
    await store(activityOf('lovelaces'));
    await store({ userId: 'lovelace-2', lovelace: 'lovelace' });
    expect(await erase(user('lovelace'))).toBe(1);
  });

  test('that is short removes letters that say it is this identifier, and no others', async () => {
    await store(activityOf('17'));
    await store(activityOf('175'));
    await store({ identifiers: [{ kind: 'loyalty_card', value: '17' }], properties: { revenue: 17, user_id: '1' } });
    await store({}, { key: 'user_id:17' });
    await store({}, { key: 'user_id:17-b' });
    expect(await erase(user('17'))).toBe(2);
    expect(await letters.counts({})).toMatchObject([{ count: 3 }]);
  });

  test('that is a short mailbox is found everywhere', async () => {
    await store({ note: 'a@b.io' });
    expect(await erase({ kind: 'email', value: 'a@b.io' })).toBe(1);
  });

  test('removes nothing of groups of other processes, and none removes nothing', async () => {
    await store(activityOf('somebody-else'), { group: 'scoring' });
    expect(await erase(user('somebody-else'))).toBe(0);
    expect(await erase()).toBe(0);
  });

  test.each([199, 200, 201, 1_000])('is found among %d', async (count) => {
    await store(activityOf(`text of account-${count}`));
    const others = Array.from({ length: count - 1 }, (_, index) => user(`other-account-${index}`));
    expect(await erase(...others, user(`account-${count}`))).toBe(1);
  });

  test('removes nothing if the transaction fails afterwards', async () => {
    await store(activityOf('17'));
    const failing = transaction(dataSource, async (client) => {
      expect(await letters.erasePerson(client, { erasureId, identifiers: [user('17')], members: [] })).toBe(1);
      throw new Error('crashed');
    });
    await expect(failing).rejects.toThrow('crashed');
    expect(await letters.counts({})).toMatchObject([{ count: 1 }]);
  });
});

test('a message of the erasure itself stays, so that it can be redriven', async () => {
  await store({ erasureId, ...activityOf('17') });
  expect(await erase(user('17'))).toBe(0);
});

describe('the id of a member', () => {
  const [ada, bea] = ['0199c0de-0000-7000-8000-000000000001', '0199c0de-0000-7000-8000-000000000002'];

  test('removes letters that contain it in the value or the key, and no others', async () => {
    await store({ memberId: ada });
    await store({}, { key: ada });
    await store({ memberId: bea });
    expect(await eraseMembers('0199c0de-0000-7000-8000-000000000003', ada)).toBe(2);
    expect(await letters.counts({})).toMatchObject([{ count: 1 }]);
    expect(await eraseMembers()).toBe(0);
  });
});
