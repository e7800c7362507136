import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { connect, dataSourceOf } from '@sestante/postgres';
import { type TestDatabase, testDatabase } from '@sestante/postgres/testing';
import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { done } from '../outcome.ts';
import { migrations } from '../postgres/migrations.ts';
import { postgresStream } from '../postgres/postgres-stream.ts';
import type { Message, Stream } from '../stream.ts';
import { aMessage, messagesOf } from '../testing/messages.ts';
import { collect } from '../testing/probe.ts';
import { unitOfWork } from './unit-of-work.ts';

jest.setTimeout(30_000);

let database: TestDatabase;
let dataSource: DataSource;
let here: Stream;
let topic: string;
beforeAll(async () => {
  database = await testDatabase();
  dataSource = dataSourceOf({ url: database.url, schema: 'stream', migrations });
  await connect(dataSource, 'stream');
  await dataSource.query('create table stream.effect (id text)');
  await dataSource.query('create table stream.late_effect (id text unique deferrable initially deferred)');
  here = postgresStream({ dataSource });
});
afterAll(async () => {
  await here.close();
  await dataSource.destroy();
  await database.drop();
});
beforeEach(async () => {
  topic = `work.${randomUUID()}`;
  await here.prepare([{ name: topic, partitions: 1 }]);
});

/** The same stream without `atomic`. */
function elsewhere(): Stream {
  const { atomic, ...others } = here;
  expect(atomic).toBeDefined();
  return others;
}

const hasEffect = async (id: string) =>
  (await dataSource.query<unknown[]>('select from stream.effect where id = $1', [id])).length === 1;
const published = async () => (await here.positions(topic)).map(({ end }) => end);

describe.each([
  ['in the database of the effects', () => here],
  ['elsewhere', elsewhere],
])('with a stream that lies %s', (_, streamOf) => {
  const work = (act: (client: PoolClient) => Promise<readonly Message[]>) =>
    unitOfWork(streamOf(), dataSource, async (client) => [{ topic, messages: await act(client) }]);
  const addEffect = (client: PoolClient, id: string) => client.query('insert into stream.effect values ($1)', [id]);

  test('the effects are visible when a message is delivered', async () => {
    const found: Promise<boolean>[] = [];
    const probe = collect(async (batch) => {
      for (const { value } of batch) found.push(hasEffect(value));
      return batch.map(() => done);
    });
    await here.subscribe({ topic, group: 'readers', handler: probe.handler });
    const id = randomUUID();
    await work(async (client) => {
      await addEffect(client, id);
      return [aMessage({ value: id })];
    });
    await probe.untilCount(1);
    expect([probe.values, await Promise.all(found)]).toEqual([[id], [true]]);
  });

  test('failed work has no effects and publishes nothing', async () => {
    const id = randomUUID();
    const failing = work(async (client) => {
      await Promise.all([addEffect(client, id), client.query('select 1 / 0')]);
      return messagesOf('a', 3);
    });
    await expect(failing).rejects.toThrow('division by zero');
    expect([await hasEffect(id), await published()]).toEqual([false, [0]]);
  });

  test('an unpublishable message rolls back the effects', async () => {
    const id = randomUUID();
    const failing = work(async (client) => {
      await addEffect(client, id);
      return [aMessage(), aMessage({ key: '' })];
    });
    await expect(failing).rejects.toMatchObject({ code: 'unpublishable-message' });
    expect([await hasEffect(id), await published()]).toEqual([false, [0]]);
  });

  test('messages for several topics are published together or not at all', async () => {
    const others = `work.${randomUUID()}`;
    await here.prepare([{ name: others, partitions: 1 }]);
    const ends = async () => [...(await published()), ...(await here.positions(others)).map(({ end }) => end)];
    const both = (messages: readonly Message[]) =>
      unitOfWork(streamOf(), dataSource, async () => [
        { topic: others, messages: messagesOf('a', 1) },
        { topic, messages },
      ]);
    await both(messagesOf('a', 2));
    expect(await ends()).toEqual([2, 1]);
    await expect(both([aMessage({ key: '' })])).rejects.toMatchObject({ code: 'unpublishable-message' });
    expect(await ends()).toEqual([2, 1]);
  });

  test('work without messages is committed', async () => {
    const id = randomUUID();
    await work(async (client) => {
      await addEffect(client, id);
      return [];
    });
    expect([await hasEffect(id), await published()]).toEqual([true, [0]]);
  });
});

describe('in the database of the effects', () => {
  test('messages are not published if the commit fails', async () => {
    const id = randomUUID();
    const failing = unitOfWork(here, dataSource, async (client) => {
      await client.query('insert into stream.effect values ($1)', [id]);
      // Checked only at the commit.
      await client.query('insert into stream.late_effect values ($1), ($1)', [id]);
      return [{ topic, messages: messagesOf('a', 3) }];
    });
    await expect(failing).rejects.toThrow('duplicate key');
    expect([await hasEffect(id), await published()]).toEqual([false, [0]]);
  });
});
