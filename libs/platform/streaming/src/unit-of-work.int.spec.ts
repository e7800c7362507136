import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { connect, dataSourceOf } from '@sestante/postgres';
import { type TestDatabase, testDatabase } from '@sestante/postgres/testing';
import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { done } from './outcome.ts';
import { migrations } from './postgres/migrations.ts';
import { postgresStream } from './postgres/postgres-stream.ts';
import type { Stream } from './stream.ts';
import { aMessage, messagesOf } from './testing/messages.ts';
import { collect } from './testing/probe.ts';
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

/** The same stream, as one that does not know the database of the effects. */
function elsewhere(): Stream {
  const { publishWith, ...others } = here;
  expect(publishWith).toBeDefined();
  return others;
}

const hasEffect = async (id: string) =>
  (await dataSource.query<unknown[]>('select from stream.effect where id = $1', [id])).length === 1;
const published = async () => (await here.positions(topic)).map(({ end }) => end);

describe.each([
  ['in the database of the effects', () => here],
  ['elsewhere', elsewhere],
])('with a stream that lies %s', (_, streamOf) => {
  test('whoever gets a message finds the effects behind it', async () => {
    const found: Promise<boolean>[] = [];
    const probe = collect(async (batch) => {
      for (const { value } of batch) found.push(hasEffect(value));
      return batch.map(() => done);
    });
    await here.subscribe({ topic, group: 'readers', handler: probe.handler });
    const id = randomUUID();
    const result = await unitOfWork(streamOf(), dataSource, async (client, publish) => {
      await client.query('insert into stream.effect values ($1)', [id]);
      await publish(topic, [aMessage({ value: id })]);
      return 'the result';
    });
    await probe.untilCount(1);
    expect([result, probe.values, await Promise.all(found)]).toEqual(['the result', [id], [true]]);
  });

  test('work that fails has no effects, and says nothing', async () => {
    const id = randomUUID();
    const work = unitOfWork(streamOf(), dataSource, async (client, publish) => {
      await client.query('insert into stream.effect values ($1)', [id]);
      await publish(topic, messagesOf('a', 3));
      throw new Error('in the end');
    });
    await expect(work).rejects.toThrow('in the end');
    expect([await hasEffect(id), await published()]).toEqual([false, [0]]);
  });

  test('nothing is published before the commit', async () => {
    const before = await unitOfWork(streamOf(), dataSource, async (_client, publish) => {
      await publish(topic, messagesOf('a', 3));
      return published();
    });
    expect([before, await published()]).toEqual([[0], [3]]);
  });

  test('a message that cannot be published fails the work', async () => {
    const work = unitOfWork(streamOf(), dataSource, (_client, publish) => publish(topic, [aMessage({ key: '' })]));
    await expect(work).rejects.toMatchObject({ code: 'unpublishable-message' });
    expect(await published()).toEqual([0]);
  });

  test('work that says nothing is committed all the same', async () => {
    const id = randomUUID();
    await unitOfWork(streamOf(), dataSource, async (client, publish) => {
      await client.query('insert into stream.effect values ($1)', [id]);
      await publish(topic, []);
    });
    expect([await hasEffect(id), await published()]).toEqual([true, [0]]);
  });
});
