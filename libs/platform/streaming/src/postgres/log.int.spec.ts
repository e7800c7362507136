import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { connect, dataSourceOf, withClient } from '@sestante/postgres';
import { type TestDatabase, testDatabase } from '@sestante/postgres/testing';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { done, retry } from '../outcome.ts';
import type { Stream } from '../stream.ts';
import { eventually } from '../testing/eventually.ts';
import { keyIn, messagesOf } from '../testing/messages.ts';
import { collect, type Probe } from '../testing/probe.ts';
import { unitOfWork } from '../effects/unit-of-work.ts';
import { within } from '../waiting.ts';
import { take } from './group-positions.ts';
import { migrations } from './migrations.ts';
import { restMsAfter } from './consume.ts';
import { channel } from './notices.ts';
import { postgresStream } from './postgres-stream.ts';
import { largestBatch } from './record-batch.ts';

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
  topic = `log.${randomUUID()}`;
  await stream.prepare([{ name: topic, partitions: 2 }]);
});

const counts = async () =>
  (
    await dataSource.query<{ partition: number; count: number }[]>(
      'select partition, count from stream.record_batch where topic = $1 order by partition, first_offset',
      [topic],
    )
  ).map(({ partition, count }) => [partition, count]);

describe('publishing', () => {
  test.each([
    [largestBatch - 1, [[0, largestBatch - 1]]],
    [largestBatch, [[0, largestBatch]]],
    [
      largestBatch + 1,
      [
        [0, largestBatch],
        [0, 1],
      ],
    ],
  ])('writes %d messages of a partition as %j', async (count, rows) => {
    await stream.publish(topic, messagesOf(keyIn(0, 2), count));
    expect(await counts()).toEqual(rows);
  });

  test('writes one row for each partition, in one statement', async () => {
    await stream.publish(topic, [...messagesOf(keyIn(0, 2), 3), ...messagesOf(keyIn(1, 2), 700)]);
    expect(await counts()).toEqual([
      [0, 3],
      [1, 500],
      [1, 200],
    ]);
  });

  test('to a topic that does not exist is rejected', async () => {
    await expect(stream.publish('nowhere', messagesOf('a', 1))).rejects.toThrow(
      'The topic nowhere does not exist. Create it with prepare() first.',
    );
    await expect(stream.subscribe({ topic: 'nowhere', group: 'readers', handler: collect().handler })).rejects.toThrow(
      'does not exist',
    );
  });

  test('rejects if a partition was removed', async () => {
    await stream.publish(topic, messagesOf('a', 1));
    await dataSource.query('delete from stream.topic_partition where topic = $1', [topic]);
    await expect(stream.publish(topic, messagesOf('a', 1))).rejects.toThrow(`The topic ${topic} has lost partitions`);
  });

  test('is not blocked by another process that dies during a publication', async () => {
    const dying = dataSource.createQueryRunner();
    await dying.startTransaction();
    const [{ pid }] = (await dying.query('select pg_backend_pid() as pid')) as [{ pid: number }];
    await dying.query('select from stream.topic_partition where topic = $1 for update', [topic]);
    const publication = stream.publish(topic, messagesOf('a', 1));
    await dataSource.query('select pg_terminate_backend($1)', [pid]);
    await expect(publication).resolves.toBeUndefined();
    await dying.release().catch(() => undefined);
  });
});

describe('reading', () => {
  /** The batch of a consumer whose group has read the partition up to the offset. */
  const read = async (offset: number, most: number, partition = 0) => {
    const group = randomUUID();
    await dataSource.query(
      'insert into stream.group_position (group_name, topic, partition, committed) values ($1, $2, $3, $4)',
      [group, topic, partition, offset],
    );
    const wanted = { partitions: 1, messages: most, resting: [] };
    const subscription = { topic, group, handler: collect().handler };
    return (await withClient(dataSource, (client) => take(client, subscription, wanted))).batch;
  };

  beforeEach(async () => {
    // Rows of 500, 500, 100 and 1, 1, 1.
    await stream.publish(topic, messagesOf(keyIn(0, 2), 1_100));
    for (let number = 0; number < 3; number++) await stream.publish(topic, messagesOf(keyIn(0, 2), 1, 1_100 + number));
  });

  test.each([
    [0, 1, 0, 0],
    [0, 499, 0, 498],
    [0, 500, 0, 499],
    [0, 501, 0, 500],
    [499, 2, 499, 500],
    [500, 500, 500, 999],
    [250, 600, 250, 849],
    [1_099, 10, 1_099, 1_102],
    [1_101, 10, 1_101, 1_102],
    [0, 2_000, 0, 1_102],
  ])('from offset %d, at most %d, gives %d to %d', async (offset, most, first, last) => {
    const offsets = (await read(offset, most)).map((delivery) => delivery.offset);
    expect(offsets).toEqual(Array.from({ length: last - first + 1 }, (_, index) => first + index));
  });

  test('at the end or in another partition returns nothing', async () => {
    expect(await read(1_103, 10)).toEqual([]);
    expect(await read(0, 10, 1)).toEqual([]);
  });

  test('of many small rows loses none', async () => {
    const small = `small.${topic}`;
    await stream.prepare([{ name: small, partitions: 1 }]);
    await dataSource.query(
      `insert into stream.record_batch (topic, partition, first_offset, count, records)
       select $1, 0, n, 1, (select records from stream.record_batch where topic = $2 and first_offset = 1100) from generate_series(0, 449) n`,
      [small, topic],
    );
    await dataSource.query('update stream.topic_partition set next_offset = 450 where topic = $1', [small]);
    const probe = collect();
    await stream.subscribe({ topic: small, group: 'readers', handler: probe.handler });
    await probe.untilCount(450);
    expect(probe.deliveries.map(({ offset }) => offset)).toEqual(Array.from({ length: 450 }, (_, index) => index));
  });
});

describe('messages that retention removed', () => {
  test('are passed, however many there are', async () => {
    await stream.publish(topic, messagesOf(keyIn(0, 2), 1));
    await dataSource.query('update stream.topic_partition set next_offset = 5001 where topic = $1 and partition = 0', [
      topic,
    ]);
    await dataSource.query('delete from stream.record_batch where topic = $1', [topic]);
    await stream.publish(topic, messagesOf(keyIn(0, 2), 2));
    const probe = collect();
    await stream.subscribe({ topic, group: 'readers', handler: probe.handler });
    await probe.untilCount(2);
    expect(probe.deliveries.map(({ offset }) => offset)).toEqual([5_001, 5_002]);
  });
});

describe('a message that is handed over in the process', () => {
  const opened = { event: 'CustomerActed', data: { name: 'order.completed' } };
  const shared = () => messagesOf('a', 3).map((message) => ({ ...message, opened }));
  const offsetsOf = ({ deliveries }: Probe) => deliveries.map(({ offset }) => offset);

  test('arrives as the same object, in order with others', async () => {
    const probe = collect();
    await stream.subscribe({ topic, group: 'readers', handler: probe.handler });
    await stream.publish(topic, shared());
    await stream.publish(topic, messagesOf('a', 2, 3));
    await probe.untilCount(5);
    expect(offsetsOf(probe)).toEqual([0, 1, 2, 3, 4]);
    expect(probe.values).toEqual(['a0', 'a1', 'a2', 'a3', 'a4']);
    expect(probe.deliveries[0]!.opened).toBe(opened);
  });

  test('is read from the log by another process, and by a group that starts later', async () => {
    const other = postgresStream({ dataSource });
    const [here, later, there] = [collect(), collect(), collect()];
    await stream.subscribe({ topic, group: 'readers', handler: here.handler });
    await stream.publish(topic, shared());
    await here.untilCount(3);
    await stream.subscribe({ topic, group: 'later readers', handler: later.handler });
    await other.subscribe({ topic, group: 'other readers', handler: there.handler });
    await Promise.all([later.untilCount(3), there.untilCount(3)]);
    for (const probe of [later, there]) expect(probe.values).toEqual(['a0', 'a1', 'a2']);
    expect(there.deliveries.map((delivery) => delivery.opened)).toEqual([undefined, undefined, undefined]);
    await other.close();
  });

  test('is delivered again after a retry', async () => {
    let refusals = 1;
    const probe = collect(async (batch) =>
      batch.map(({ value }) => (value === 'a1' && refusals-- > 0 ? retry('not yet') : done)),
    );
    await stream.subscribe({ topic, group: 'readers', handler: probe.handler });
    await stream.publish(topic, shared());
    await probe.untilCount(5);
    expect(offsetsOf(probe)).toEqual([0, 1, 2, 1, 2]);
  });

  test('of a transaction that is rolled back never arrives', async () => {
    const probe = collect();
    await stream.subscribe({ topic, group: 'readers', handler: probe.handler });
    const failing = unitOfWork(stream, dataSource, async (client) => {
      await client.query('create temporary table late (id int unique deferrable initially deferred) on commit drop');
      // Checked only at the commit, after the publication.
      await client.query('insert into late values (1), (1)');
      return [{ topic, messages: shared() }];
    });
    await expect(failing).rejects.toThrow('duplicate key');
    await stream.publish(topic, messagesOf('a', 1, 7));
    await probe.untilCount(1);
    expect(probe.values).toEqual(['a7']);
  });
});

describe('a pause that ends while another partition is handled', () => {
  test('is not extended by a sleep', async () => {
    const [held, busy] = [keyIn(0, 2), keyIn(1, 2)];
    let refusals = 1;
    const probe = collect(async (batch) => {
      if (batch.some(({ key }) => key === busy)) await pause(400);
      return batch.map(({ key }) => (key === held && refusals-- > 0 ? retry('not yet') : done));
    });
    await stream.subscribe({ topic, group: 'readers', handler: probe.handler });
    await stream.publish(topic, messagesOf(held, 1));
    await probe.untilCount(1);
    await stream.publish(topic, messagesOf(busy, 1));
    const comeAgain = probe.until((deliveries) => deliveries.filter(({ key }) => key === held).length === 2);
    expect(
      await within(
        2_000,
        comeAgain.then(() => 'redelivered'),
      ),
    ).toBe('redelivered');
  });
});

describe('a paced group', () => {
  test.each([
    [0, 0],
    [19, 19],
    [20, 20],
    [21, 20],
    [500, 20],
  ])('that worked for %d ms rests for %d', (workedMs, restMs) => {
    expect(restMsAfter(workedMs)).toBe(restMs);
  });

  test('starts its next turn after the pause', async () => {
    const turns: { began: number; ended: number }[] = [];
    const probe = collect(async (batch) => {
      const began = performance.now();
      await pause(15);
      turns.push({ began, ended: performance.now() });
      return batch.map(() => done);
    });
    await stream.subscribe({ topic, group: 'readers', handler: probe.handler, isPaced: true });
    const publishing = setInterval(() => void stream.publish(topic, messagesOf('a', 1)), 5);
    await eventually(() => expect(turns.length).toBeGreaterThan(2));
    clearInterval(publishing);
    expect(turns[2]!.began - turns[1]!.ended).toBeGreaterThanOrEqual(14);
  });
});

describe('the notification channel', () => {
  test('may be used by other programs', async () => {
    const probe = collect();
    await stream.subscribe({ topic, group: 'readers', handler: probe.handler });
    for (const notice of ['hello', '7', 'null', '{}', ''])
      await dataSource.query('select pg_notify($1, $2)', [channel, notice]);
    await stream.publish(topic, messagesOf('a', 1));
    await probe.untilCount(1);
  });
});

describe('an error', () => {
  test('is logged with the group, the topic and the reason', async () => {
    const lines: string[] = [];
    const other = postgresStream({ dataSource, log: (line) => lines.push(line) });
    let isBroken = true;
    const probe = collect(async (batch) => {
      if (isBroken) throw new Error('no such model');
      return batch.map(() => ({ kind: 'done' }) as const);
    });
    await other.subscribe({ topic, group: 'scoring', handler: probe.handler });
    await other.publish(topic, messagesOf('a', 1));
    await eventually(() => expect(lines).toContain(`scoring pauses ${topic} and will retry: no such model`));
    isBroken = false;
    await eventually(async () =>
      expect((await other.positions(topic)).map(({ end, committed }) => end - committed)).toEqual([0, 0]),
    );
    await other.close();
  });

  test('of the database does not delay close', async () => {
    const gone = await testDatabase();
    const lost = dataSourceOf({ url: gone.url, schema: 'stream', migrations });
    await connect(lost, 'stream');
    const lines: string[] = [];
    const other = postgresStream({ dataSource: lost, log: (line) => lines.push(line) });
    await other.prepare([{ name: topic, partitions: 1 }]);
    await other.subscribe({ topic, group: 'readers', handler: collect().handler });
    await gone.drop();
    // By then, the pauses between attempts are longer than a second.
    await eventually(() => expect(lines.length).toBeGreaterThan(5));
    const closed = other.close().then(() => 'closed');
    expect(await within(2_000, closed)).toBe('closed');
    await lost.destroy();
  });
});
