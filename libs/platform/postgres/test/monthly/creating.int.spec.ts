import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { isRetriable, MissingPartition, transaction } from '../../src/index.ts';
import { activities, type Driver, type Process } from './driver.ts';

jest.setTimeout(30_000);

let driver: Driver;
let first: Process;
beforeAll(async () => {
  driver = await activities();
});
afterAll(() => driver.close());
beforeEach(async () => {
  await driver.clear();
  first = await driver.start();
});

describe('activities', () => {
  test('of several months get a partition for each month, and none for the months between', async () => {
    await first.record('2026-11-27T10:00:00.000Z', '2026-11-02T10:00:00.000Z', '2026-08-01T00:00:00.000Z');
    expect(await driver.partitions()).toEqual(['y2026m08', 'y2026m11']);
    expect(await driver.count()).toBe(3);
  });

  test('of 1970, of 2099, and of the first and the last possible month are stored', async () => {
    await first.record(
      '1970-01-01T00:00:00.000Z',
      '2099-12-31T23:58:00.000Z',
      '0001-01-01T00:00:00.000Z',
      '9999-12-31T23:59:59.998Z',
    );
    expect(await driver.partitions()).toEqual(['y0001m01', 'y1970m01', 'y2099m12', 'y9999m12']);
    expect(await driver.count()).toBe(4);
  });

  test('of the first and of the last instants of a month are stored, however they are written', async () => {
    const instants = [
      '2026-11-01T00:00:00.000Z',
      '2026-11-30T23:59:59.999Z',
      '2026-03-31T23:59:59.9999999Z',
      '2026-06-30T24:00:00.000Z',
      '2026-09-01T00:30:00.000+02:00',
    ];
    for (const instant of instants) await first.record(instant);
    expect(await driver.count()).toBe(5);
  });

  test('of known months cost no statement', async () => {
    await first.record('2026-11-27T10:00:00.000Z');
    const connect = jest.spyOn(first.dataSource, 'createQueryRunner');
    await first.months.ensure(['2026-11-01T00:00:00.000Z', Date.parse('2026-11-30T12:00:00Z'), '2026-11-30T12:00:00Z']);
    await first.months.ensure([]);
    expect(connect).not.toHaveBeenCalled();
  });

  test('of an impossible time are a fault of the data, and create nothing', async () => {
    const ensuring = first.months.ensure(['2026-11-27T10:00:00.000Z', 'yesterday']);
    await expect(ensuring).rejects.toMatchObject({ code: 'invalid-instant', retriable: false });
    expect(await driver.partitions()).toEqual([]);
  });
});

describe('a new partition', () => {
  test('has the columns, checks, defaults and indexes of the table', async () => {
    await first.record('2026-11-27T10:00:00.000Z');
    expect(await driver.query('select name, length from profile.activity_y2026m11')).toEqual([
      { name: 'page.viewed', length: 11 },
    ]);
    expect(
      await driver.query(`select count(*)::int as indexes from pg_indexes where tablename = 'activity_y2026m11'`),
    ).toEqual([{ indexes: 2 }]);
    const insert = driver.query(`insert into profile.activity (name, received_at) values ('', '2026-11-02Z')`);
    await expect(insert).rejects.toMatchObject({ code: '23514', constraint: 'activity_name_check' });
  });

  test('is created once if several processes need it at once', async () => {
    const processes = [first, ...(await Promise.all([1, 2, 3, 4].map(() => driver.start())))];
    await Promise.all(
      processes.flatMap((process) => [
        process.record('2026-11-27T10:00:00.000Z', '2026-10-27T10:00:00.000Z'),
        process.record('2026-10-27T10:00:00.000Z', '2026-12-27T10:00:00.000Z'),
      ]),
    );
    expect(await driver.partitions()).toEqual(['y2026m10', 'y2026m11', 'y2026m12']);
    expect(await driver.count()).toBe(20);
  });

  test('does not wait for transactions that write other months, nor keep them waiting', async () => {
    await first.record('2026-10-27T10:00:00.000Z');
    await transaction(first.dataSource, async (client) => {
      await client.query(`insert into profile.activity (received_at) values ('2026-10-28Z')`);
      await first.record('2026-11-27T10:00:00.000Z');
      await client.query(`insert into profile.activity (received_at) values ('2026-10-29Z')`);
    });
    expect(await driver.count()).toBe(4);
  });

  test('is the table of that name that was detached before, with its rows', async () => {
    await first.record('2026-11-27T10:00:00.000Z');
    await driver.query('alter table profile.activity detach partition profile.activity_y2026m11');
    await (await driver.start()).record('2026-11-28T10:00:00.000Z');
    expect(await driver.count()).toBe(2);
  });

  test('is not needed for a month of an older, larger partition', async () => {
    await driver.query(
      `create table profile.activity_before partition of profile.activity for values from (minvalue) to ('2026-11-01Z')`,
    );
    await first.record('2024-02-27T10:00:00.000Z', '2026-10-31T10:00:00.000Z', '2026-11-01T10:00:00.000Z');
    expect(await driver.partitions()).toEqual(['before', 'y2026m11']);
  });

  test('of this and of the next month is prepared ahead of time', async () => {
    await first.months.prepareNext(Date.parse('2026-12-31T23:59:00Z'));
    expect(await driver.partitions()).toEqual(['y2026m12', 'y2027m01']);
    const connect = jest.spyOn(first.dataSource, 'createQueryRunner');
    await first.months.ensure(['2026-12-31T23:59:59.999Z', '2027-01-01T00:00:00.000Z']);
    expect(connect).not.toHaveBeenCalled();
  });
});

describe('a disk that is full in the middle of a new partition', () => {
  beforeEach(() =>
    driver.query(`
      create function profile.fail() returns event_trigger language plpgsql as
        $$ begin raise 'could not extend file' using errcode = '53100'; end $$;
      create event trigger full_disk on ddl_command_end when tag in ('ALTER TABLE') execute function profile.fail()`),
  );
  afterEach(() => driver.query('drop event trigger if exists full_disk; drop function if exists profile.fail'));

  test('leaves nothing behind, and the batch can be repeated', async () => {
    const instants = ['2026-10-27T10:00:00.000Z', '2026-11-27T10:00:00.000Z'];
    const error: unknown = await first.record(...instants).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: '53100' });
    expect(isRetriable(error)).toBe(true);
    expect(await driver.query(`select relname from pg_class where relname like 'activity_y%'`)).toEqual([]);
    await expect(first.record(...instants)).rejects.toMatchObject({ code: '53100' });

    await driver.query('drop event trigger full_disk');
    await first.record(...instants);
    expect(await driver.count()).toBe(2);
  });
});

describe('a partition that cannot be created', () => {
  test('is not a fault of the data: the batch is redelivered until somebody has removed the reason', async () => {
    await driver.query('create table profile.activity_y2026m11 (another_table int)');
    const error: unknown = await first.record('2026-11-27T10:00:00.000Z').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MissingPartition);
    expect(isRetriable(error)).toBe(true);
    await driver.query('drop table profile.activity_y2026m11');
    await first.record('2026-11-27T10:00:00.000Z');
    expect(await driver.count()).toBe(1);
  });
});

describe('an activity whose partition has been dropped meanwhile', () => {
  test('is redelivered, and then stored in a new partition', async () => {
    await first.record('2026-10-27T10:00:00.000Z', '2026-11-27T10:00:00.000Z');
    await driver.query('drop table profile.activity_y2026m10');
    const error: unknown = await first.record('2026-10-28T10:00:00.000Z').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MissingPartition);
    expect(isRetriable(error)).toBe(true);
    await first.record('2026-10-28T10:00:00.000Z');
    expect(await driver.count()).toBe(2);
  });

  test('is found also through a prepared statement', async () => {
    const insert = (at: string) =>
      first.months.inserting(() =>
        transaction(first.dataSource, (client) =>
          client.query({
            name: 'insert-activity',
            text: 'insert into profile.activity (received_at) values ($1::timestamptz)',
            values: [at],
          }),
        ),
      );
    await first.record('2026-10-27T10:00:00.000Z');
    await insert('2026-10-28T10:00:00.000Z');
    await driver.query('drop table profile.activity_y2026m10');
    await expect(insert('2026-10-28T10:00:00.000Z')).rejects.toBeInstanceOf(MissingPartition);
  });

  test('is not confused with data that violates a check, nor with another error', async () => {
    await first.record('2026-11-27T10:00:00.000Z');
    const inserting = (sql: string) => first.months.inserting(() => driver.query(sql));
    await expect(
      inserting(`insert into profile.activity (name, received_at) values ('', '2026-11-02Z')`),
    ).rejects.toMatchObject({ code: '23514', constraint: 'activity_name_check' });
    await expect(inserting('select 1 / 0')).rejects.toMatchObject({ code: '22012' });
    await expect(first.months.inserting(() => Promise.reject(undefined))).rejects.toBeUndefined();
    await expect(first.months.inserting(async () => 'stored')).resolves.toBe('stored');
  });
});
