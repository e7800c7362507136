import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { connect, dataSourceOf } from '@sestante/postgres';
import { type TestDatabase, testDatabase } from '@sestante/postgres/testing';
import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { Stream } from '../stream.ts';
import { eventually } from '../testing/eventually.ts';
import { messagesOf } from '../testing/messages.ts';
import { collect } from '../testing/probe.ts';
import { migrations } from './migrations.ts';
import { postgresStream } from './postgres-stream.ts';
import { removeOld } from './retention.ts';

jest.setTimeout(30_000);

let database: TestDatabase;
let dataSource: DataSource;
let stream: Stream;
let topic: string;
beforeAll(async () => {
  database = await testDatabase();
  dataSource = dataSourceOf({ url: database.url, schema: 'stream', migrations });
  await connect(dataSource, 'stream');
  stream = postgresStream({ dataSource });
});
afterAll(async () => {
  await stream.close();
  await dataSource.destroy();
  await database.drop();
});
beforeEach(async () => {
  await dataSource.query('delete from stream.record_batch');
  topic = `retention.${randomUUID()}`;
  await stream.prepare([{ name: topic, partitions: 1 }]);
});

/** Publishes ten messages in five batches of two, `a0` to `a9`, the oldest first: 5 hours old, 4, 3, 2, 1. */
async function publishedOverFiveHours(): Promise<void> {
  for (let batch = 0; batch < 5; batch++) {
    await stream.publish(topic, messagesOf('a', 2, batch * 2));
    await dataSource.query(
      `update stream.record_batch set published_at = now() - make_interval(hours => $2) where topic = $1 and first_offset = $3`,
      [topic, 5 - batch, batch * 2],
    );
  }
}

/** The first offsets of the remaining batches. */
async function left(): Promise<number[]> {
  const rows = await dataSource.query<{ first_offset: string }[]>(
    'select first_offset from stream.record_batch where topic = $1 order by first_offset',
    [topic],
  );
  return rows.map((row) => Number(row.first_offset));
}

async function aGroupAt(offset: number, group = 'readers'): Promise<void> {
  await dataSource.query(
    'insert into stream.group_position (group_name, topic, partition, committed) values ($1, $2, 0, $3)',
    [group, topic, offset],
  );
}

describe('a topic without groups', () => {
  test.each([
    [0, 'keep', []],
    [2.5, 'keep', [6, 8]],
    [3, 'keep', [6, 8]],
    [3.001, 'keep', [4, 6, 8]],
    [5.1, 'keep', [0, 2, 4, 6, 8]],
    [2.5, 'drop', [6, 8]],
  ] as const)('goes by age alone: younger than %d hours stays (unread: %s)', async (hours, unread, kept) => {
    await publishedOverFiveHours();
    const removed = await removeOld(dataSource, { hours, unread });
    expect([await left(), removed]).toEqual([kept, 5 - kept.length]);
  });
});

describe('a topic that a group reads', () => {
  test.each([
    [0, [0, 2, 4, 6, 8]],
    [1, [0, 2, 4, 6, 8]],
    [2, [2, 4, 6, 8]],
    [3, [2, 4, 6, 8]],
    [4, [4, 6, 8]],
    [6, [6, 8]],
    [7, [6, 8]],
    [10, [6, 8]],
  ])(
    'keeps what is old and unread: at offset %d, of what is older than 2.5 hours, %j are left',
    async (offset, kept) => {
      await publishedOverFiveHours();
      await aGroupAt(offset);
      await removeOld(dataSource, { hours: 2.5, unread: 'keep' });
      expect(await left()).toEqual(kept);
    },
  );

  test('keeps messages for the slowest group', async () => {
    await publishedOverFiveHours();
    await aGroupAt(10, 'quick');
    await aGroupAt(2, 'slow');
    await removeOld(dataSource, { hours: 0, unread: 'keep' });
    expect(await left()).toEqual([2, 4, 6, 8]);
  });

  test('loses old unread messages if they may be dropped', async () => {
    await publishedOverFiveHours();
    await aGroupAt(0);
    await removeOld(dataSource, { hours: 2.5, unread: 'drop' });
    expect(await left()).toEqual([6, 8]);
  });

  test('does not keep messages for groups of other topics', async () => {
    await publishedOverFiveHours();
    const other = topic;
    topic = `retention.${randomUUID()}`;
    await stream.prepare([{ name: topic, partitions: 1 }]);
    await aGroupAt(0);
    topic = other;
    await removeOld(dataSource, { hours: 0, unread: 'keep' });
    expect(await left()).toEqual([]);
  });
});

test('old messages are removed at every start, because a process may run for less than an hour', async () => {
  await publishedOverFiveHours();
  const restarted = postgresStream({ dataSource, retention: { hours: 2.5, unread: 'keep' } });
  await restarted.prepare([{ name: topic, partitions: 1 }]);
  await eventually(async () => expect(await left()).toEqual([6, 8]));
  await restarted.close();
});

describe('a group whose messages were removed', () => {
  test('continues with the remaining messages at their offsets', async () => {
    await publishedOverFiveHours();
    await removeOld(dataSource, { hours: 2.5, unread: 'drop' });
    const probe = collect();
    await stream.subscribe({ topic, group: 'late', handler: probe.handler });
    await probe.untilCount(4);
    expect(probe.deliveries.map(({ offset, value }) => [offset, value])).toEqual([
      [6, 'a6'],
      [7, 'a7'],
      [8, 'a8'],
      [9, 'a9'],
    ]);
  });

  test('is at the end if no messages remain, and gets new ones', async () => {
    await publishedOverFiveHours();
    await removeOld(dataSource, { hours: 0, unread: 'drop' });
    const probe = collect();
    await stream.subscribe({ topic, group: 'late', handler: probe.handler });
    await eventually(async () =>
      expect(await stream.positions(topic)).toEqual([{ topic, partition: 0, group: 'late', end: 10, committed: 10 }]),
    );
    await stream.publish(topic, messagesOf('a', 1, 10));
    await probe.untilCount(1);
    expect(probe.deliveries.map(({ offset, value }) => [offset, value])).toEqual([[10, 'a10']]);
  });
});
