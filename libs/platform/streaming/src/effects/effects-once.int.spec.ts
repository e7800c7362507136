import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { topics } from '@sestante/contracts';
import { connect, dataSourceOf } from '@sestante/postgres';
import { type TestDatabase, testDatabase } from '@sestante/postgres/testing';
import type { DataSource } from 'typeorm';
import { migrations } from '../postgres/migrations.ts';
import { postgresStream } from '../postgres/postgres-stream.ts';
import type { Stream } from '../stream.ts';
import { gate } from '../testing/gate.ts';
import { appliedOffsetTable } from './applied-offsets.ts';
import { EffectsOnce, type Progress } from './effects-once.ts';

jest.setTimeout(30_000);

const topic = topics.customers;

let database: TestDatabase;
let dataSource: DataSource;
let stream: Stream;
beforeAll(async () => {
  database = await testDatabase();
  dataSource = dataSourceOf({ url: database.url, schema: 'stream', migrations });
  await connect(dataSource, 'stream');
  await dataSource.query(`create schema service; ${appliedOffsetTable('service')}`);
  await dataSource.query('create table service.effect (message int)');
  stream = postgresStream({ dataSource });
});
afterAll(async () => {
  await stream.close();
  await dataSource.destroy();
  await database.drop();
});
beforeEach(() => dataSource.query('truncate service.applied_offset, service.effect'));

const aWriter = (of: Stream = stream) => new EffectsOnce({ stream: of, dataSource, schema: 'service', topic });
const event = (offset: number, more: { partition?: number; isPossibleRepeat?: boolean } = {}) => ({
  partition: 0,
  isPossibleRepeat: false,
  ...more,
  offset,
});
type Event = ReturnType<typeof event>;

/** Writes an effect for each event that is new, and resolves to the offsets of the possible repeats. */
async function write(writer: EffectsOnce, batch: readonly Event[]): Promise<number[]> {
  let repeats: number[] = [];
  await writer.run(batch, async (client, progress) => {
    repeats = batch.filter((one) => progress.isPossibleRepeat(one)).map(({ offset }) => offset);
    for (const { offset } of batch)
      if (!repeats.includes(offset)) await client.query('insert into service.effect values ($1)', [offset]);
    return [];
  });
  return repeats;
}

const effects = async () =>
  (await dataSource.query<{ message: number }[]>('select message from service.effect order by message')).map(
    ({ message }) => message,
  );

describe('an event', () => {
  test('is new for certain at an offset that is not applied', async () => {
    const writer = aWriter();
    expect(await write(writer, [event(0), event(1)])).toEqual([]);
    expect(await write(writer, [event(2)])).toEqual([]);
    expect(await effects()).toEqual([0, 1, 2]);
  });

  test('is a possible repeat when it is redelivered', async () => {
    await write(aWriter(), [event(0), event(1), event(2)]);
    expect(await write(aWriter(), [event(1), event(2), event(3)])).toEqual([1, 2]);
    expect(await effects()).toEqual([0, 1, 2, 3]);
  });

  test('is new at the same offset of another partition', async () => {
    await write(aWriter(), [event(0)]);
    expect(await write(aWriter(), [event(0, { partition: 1 }), event(1)])).toEqual([]);
  });

  test('is a possible repeat if its producer says so', async () => {
    expect(await write(aWriter(), [event(0, { isPossibleRepeat: true }), event(1)])).toEqual([0]);
  });

  test('is always a possible repeat if the stream cannot publish in the transaction of the effects', async () => {
    const { atomic, ...elsewhere } = stream;
    expect(atomic).toBeDefined();
    expect(await write(aWriter(elsewhere), [event(0), event(1)])).toEqual([0, 1]);
  });

  test('stays a possible repeat after an older batch was redelivered', async () => {
    const writer = aWriter();
    await write(writer, [event(0), event(1), event(2)]);
    await write(writer, [event(0)]);
    expect(await write(writer, [event(1), event(2)])).toEqual([1, 2]);
  });
});

test('a batch whose work fails is not applied', async () => {
  const writer = aWriter();
  const failing = writer.run([event(0)], async (client) => {
    await client.query('insert into service.effect values (0)');
    throw new Error('boom');
  });
  await expect(failing).rejects.toThrow('boom');
  expect(await write(writer, [event(0)])).toEqual([]);
  expect(await effects()).toEqual([0]);
});

test('of two processes with the same batch, the second waits and finds it applied', async () => {
  const [first, second] = [aWriter(), aWriter()];
  const { opened, open } = gate();
  const { opened: begun, open: begin } = gate();
  const writing = first.run([event(0)], async (client) => {
    await client.query('insert into service.effect values (0)');
    begin();
    await opened;
    return [];
  });
  await begun;
  const waiting = write(second, [event(0)]);
  await new Promise((resolve) => setTimeout(resolve, 100));
  open();
  await writing;
  expect(await waiting).toEqual([0]);
  expect(await effects()).toEqual([0]);
});

test('two processes that take the partitions in different orders do not wait for each other in a circle', async () => {
  const batch = [event(0, { partition: 2 }), event(0, { partition: 1 })];
  const writers = Array.from({ length: 4 }, () => aWriter());
  const repeats = await Promise.all(
    writers.map((writer, index) => write(writer, index % 2 ? batch : batch.toReversed())),
  );
  expect(repeats.filter(({ length }) => length === 0)).toHaveLength(1);
});

describe('the changed partitions', () => {
  const changed = async (writer: EffectsOnce, batch: readonly Event[]) => {
    let progress: Progress | undefined;
    await writer.run(batch, async (_, given) => {
      progress = given;
      return [];
    });
    return [...progress!.changedPartitions];
  };

  test('are all at first, and none while no other process writes', async () => {
    const writer = aWriter();
    const batch = (offset: number) => [event(offset), event(offset, { partition: 1 })];
    expect(await changed(writer, batch(0))).toEqual([0, 1]);
    expect(await changed(writer, batch(1))).toEqual([]);
  });

  test('are those that another process has written, also if it wrote an older batch again', async () => {
    const [one, other] = [aWriter(), aWriter()];
    await changed(one, [event(5), event(5, { partition: 1 })]);
    await changed(other, [event(3)]);
    expect(await changed(one, [event(6), event(6, { partition: 1 })])).toEqual([0]);
    expect(await changed(one, [event(7)])).toEqual([]);
  });

  test('do not include those whose last batch failed here', async () => {
    const writer = aWriter();
    await changed(writer, [event(0)]);
    await expect(writer.run([event(1)], () => Promise.reject(new Error('boom')))).rejects.toThrow('boom');
    expect(await changed(writer, [event(1)])).toEqual([]);
  });
});
