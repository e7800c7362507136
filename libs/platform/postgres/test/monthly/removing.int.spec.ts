import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type BeforeDrop, prepared, type RemovalOptions } from '../../src/index.ts';
import { markExpired } from '../../src/testing/index.ts';
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

const november = Date.parse('2023-11-15T12:00:00Z');

/** Removes what is expired in November 2023, if two months are kept. August 2023 has ended two and a half months ago, September one and a half. */
const remove = (options: Partial<RemovalOptions> = {}) =>
  first.months.removeExpired({ keepMonths: 2, now: november, ...options });
const nothing = { marked: [], unmarked: [], dropped: [], failed: [] };
const august = 'activity_y2023m08';
const marked = (month: string, hoursAgo: number) =>
  markExpired(first.dataSource, `profile.activity_${month}`, hoursAgo);
const recorded = (...months: string[]) => first.record(...months.map((month) => `${month}-27T10:00:00.000Z`));

describe('a month', () => {
  test.each([
    ['1 ms before', -1, []],
    ['at', 0, []],
    ['1 ms after', 1, [august]],
  ])('is expired %s the end of its retention: %d', async (_, ms, expired) => {
    await recorded('2023-08');
    const end = Date.parse('2023-11-01T00:00:00Z');
    expect((await remove({ now: end + ms })).marked).toEqual(expired);
  });

  test('that is expired is marked first, and stays', async () => {
    await recorded('2023-07', '2023-08', '2023-09', '2023-11');
    expect(await remove()).toEqual({ ...nothing, marked: ['activity_y2023m07', august] });
    expect(await remove()).toEqual(nothing);
    expect(await driver.count()).toBe(4);
  });

  test.each([
    ['just under 24 hours', 23.99, []],
    ['24 hours', 24, [august]],
    ['months', 2_000, [august]],
  ])('that has been marked for %s is dropped only after 24 hours', async (_, hoursAgo, dropped) => {
    await recorded('2023-08', '2023-09');
    await marked('y2023m08', hoursAgo);
    expect(await remove()).toEqual({ ...nothing, dropped });
    expect(await driver.count()).toBe(2 - dropped.length);
  });

  test('of 1970 is removed without the empty months after it, and one of 2099 stays', async () => {
    await recorded('1970-01', '2023-10', '2099-12');
    await marked('y1970m01', 25);
    expect(await remove()).toEqual({ ...nothing, dropped: ['activity_y1970m01'] });
    expect(await driver.partitions()).toEqual(['y2023m10', 'y2099m12']);
  });

  test('that was dropped is stored again if an activity of it arrives late', async () => {
    await recorded('2023-08');
    await marked('y2023m08', 25);
    await remove();
    await recorded('2023-08');
    expect(await driver.count()).toBe(1);
    expect(await remove()).toEqual({ ...nothing, marked: [august] });
  });
});

describe('a larger partition', () => {
  beforeEach(() =>
    driver.query(`
      create table profile.activity_before partition of profile.activity for values from (minvalue) to ('2023-09-01Z');
      create table profile.activity_after partition of profile.activity for values from ('2024-01-01Z') to (maxvalue);
      create table profile.activity_other partition of profile.activity default`),
  );

  test('expires when its last month does; one without an end, and the default one, never', async () => {
    expect(await remove({ now: Date.parse('2023-11-01T00:00:00Z') })).toEqual(nothing);
    expect(await remove()).toEqual({ ...nothing, marked: ['activity_before'] });
    await marked('before', 25);
    expect(await remove()).toEqual({ ...nothing, dropped: ['activity_before'] });
    expect(await driver.partitions()).toEqual(['after', 'other']);
  });
});

describe('a clock', () => {
  const december = Date.parse('2023-12-15T12:00:00Z');
  beforeEach(() => recorded('2023-09', '2023-10', '2023-11'));

  test('that jumps a month ahead and back removes nothing', async () => {
    const september = ['activity_y2023m09'];
    expect(await remove({ now: december })).toEqual({ ...nothing, marked: september });
    expect(await remove()).toEqual({ ...nothing, unmarked: september });
    expect(await remove({ now: december })).toEqual({ ...nothing, marked: september });
    expect(await driver.count()).toBe(3);
  });

  test('that is back when the mark is a day old removes nothing', async () => {
    await remove({ now: december });
    await marked('y2023m09', 25);
    expect(await remove()).toEqual({ ...nothing, unmarked: ['activity_y2023m09'] });
    expect(await remove()).toEqual(nothing);
    expect(await driver.count()).toBe(3);
  });

  test('of the process that is years ahead removes nothing that is not expired by the clock of the database', async () => {
    await first.months.prepareNext();
    const { marked: expired } = await remove({ now: Date.parse('2099-01-01T00:00:00Z') });
    expect(expired).toEqual(['activity_y2023m09', 'activity_y2023m10', 'activity_y2023m11']);
    expect(await driver.partitions()).toHaveLength(5);
  });

  test('of the database that was ahead leaves a mark in the future, which is replaced', async () => {
    await marked('y2023m09', -1_000);
    expect(await remove({ now: december })).toEqual({ ...nothing, marked: ['activity_y2023m09'] });
    expect(await remove({ now: december })).toEqual(nothing);
  });
});

describe('the work before a partition is dropped', () => {
  beforeEach(async () => {
    await driver.query('drop table if exists profile.folded; create table profile.folded (name text primary key)');
    await recorded('2023-07', '2023-08');
    for (const month of ['y2023m07', 'y2023m08']) await marked(month, 25);
  });
  const folded = async () => (await driver.query('select name from profile.folded')).map(({ name }) => name);
  /** Folds the activities of the partition, and then does something else. */
  const folding =
    (then: (name: string) => Promise<void> = async () => undefined): BeforeDrop =>
    async (client, { name, table }) => {
      await client.query(`insert into profile.folded select '${name}' from ${table}`);
      await then(name);
    };

  test('sees its rows, and is committed with the drop', async () => {
    const during: unknown[] = [];
    const beforeDrop = folding(async () => void during.push(await driver.count(), await folded()));
    const { dropped } = await remove({ beforeDrop });
    expect(during).toEqual([2, [], 1, ['activity_y2023m07']]);
    expect([dropped, await folded(), await driver.count()]).toEqual([
      ['activity_y2023m07', august],
      ['activity_y2023m07', august],
      0,
    ]);
  });

  test('is rolled back if it fails, does not keep the others, and is repeated by the next run', async () => {
    const boom = new Error('boom');
    const failing = folding((name) => (name === august ? Promise.resolve() : Promise.reject(boom)));
    expect(await remove({ beforeDrop: failing })).toEqual({
      ...nothing,
      dropped: [august],
      failed: [{ partition: 'activity_y2023m07', error: boom }],
    });
    expect([await folded(), await driver.partitions()]).toEqual([[august], ['y2023m07']]);
    expect(await remove({ beforeDrop: folding() })).toEqual({ ...nothing, dropped: ['activity_y2023m07'] });
    expect(await folded()).toEqual([august, 'activity_y2023m07']);
  });

  test('runs once if several processes remove at once', async () => {
    const other = await driver.start();
    const options = { keepMonths: 2, now: november, beforeDrop: folding() };
    const removals = await Promise.all([
      remove(options),
      other.months.removeExpired(options),
      other.months.removeExpired(options),
    ]);
    expect(removals.flatMap(({ failed }) => failed)).toEqual([]);
    expect(removals.flatMap(({ dropped }) => dropped).sort()).toEqual(['activity_y2023m07', august]);
    expect((await folded()).sort()).toEqual(['activity_y2023m07', august]);
  });

  test('is not disturbed by another process, which leaves the partitions to this one', async () => {
    const other = await driver.start();
    const removals: unknown[] = [];
    const beforeDrop = folding(async () => {
      removals.push(await other.months.removeExpired({ keepMonths: 2, now: november }));
    });
    expect((await remove({ beforeDrop })).dropped).toHaveLength(2);
    expect(removals).toEqual([nothing, nothing]);
  });

  test('keeps nobody waiting who writes or creates other months', async () => {
    const beforeDrop = folding(() => recorded('2023-10', '2023-11'));
    expect((await remove({ beforeDrop })).dropped).toHaveLength(2);
    expect(await driver.count()).toBe(4);
  });
});

test('readers and writers of other months meet no error while partitions are created and dropped', async () => {
  const old = Array.from({ length: 10 }, (_, index) => `20${index + 10}-01`);
  await recorded('2023-10', ...old);
  for (const month of old) await marked(`y${month.replace('-', 'm')}`, 25);
  let [isRemoving, rounds] = [true, 0];
  const read = { name: 'count', text: 'select count(*) from profile.activity where member_id = $1', values: [1] };
  const use = async () => {
    const other = await driver.start();
    for (; isRemoving; rounds++)
      await Promise.all([prepared(other.dataSource, read), other.record('2023-10-28T10:00:00.000Z')]);
  };
  const using = Promise.all([use(), use(), use()]);
  const removal = await remove({ beforeDrop: () => recorded(`2022-${String((rounds % 12) + 1).padStart(2, '0')}`) });
  isRemoving = false;
  await using;
  expect(removal).toMatchObject({ marked: expect.any(Array), failed: [] });
  expect(removal.dropped).toHaveLength(10);
  expect(rounds).toBeGreaterThan(3);
});

describe('a partition that is in use', () => {
  beforeEach(async () => {
    await recorded('2023-08');
    await marked('y2023m08', 25);
  });

  /** A query that reads the table for some time. */
  const reading = (seconds: number) => driver.query(`select pg_sleep(${seconds}), count(*) from profile.activity`);
  /** Resolves when a lock on the table, or on a partition, is held or waited for. */
  const isLocked = async (table: string, isHeld: boolean) => {
    const locks = `select from pg_locks join pg_database d on d.oid = database and datname = current_database()
                   where relation = 'profile.${table}'::regclass and granted = ${isHeld}`;
    while ((await driver.query(locks)).length === 0);
  };

  test('is dropped by the same run when a query ends soon, and its work runs once', async () => {
    const query = reading(1);
    await isLocked('activity', true);
    const beforeDrop = jest.fn(async () => undefined);
    expect(await remove({ beforeDrop })).toEqual({ ...nothing, dropped: [august] });
    expect(beforeDrop).toHaveBeenCalledTimes(1);
    await query;
  });

  test('stays while a long query runs; writers of other months hardly wait; the next run drops it', async () => {
    const query = reading(9);
    await isLocked('activity', true);
    const removing = remove();
    let [isRemoving, longestMs] = [true, 0];
    void removing.finally(() => (isRemoving = false));
    while (isRemoving) {
      const since = performance.now();
      await recorded('2023-11');
      longestMs = Math.max(longestMs, performance.now() - since);
    }
    const { dropped, failed } = await removing;
    expect([dropped, failed]).toEqual([[], [{ partition: august, error: expect.objectContaining({ code: '55P03' }) }]]);
    expect(longestMs).toBeLessThan(1_500);
    await query;
    expect(await remove()).toEqual({ ...nothing, dropped: [august] });
  });

  test('loses no activity that arrives meanwhile: it is stored, and the partition stays until the next run', async () => {
    let arriving: Promise<void> | undefined;
    const beforeDrop = async () => {
      arriving = recorded('2023-08');
      await isLocked(august, false);
    };
    const { dropped, failed } = await remove({ beforeDrop });
    await arriving;
    expect([dropped, failed.length, await driver.count()]).toEqual([[], 1, 2]);
    expect(await remove()).toEqual({ ...nothing, dropped: [august] });
  });
});
