import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { markExpired, planOf } from '@sestante/postgres/testing';
import { Customers } from '../src/store/customers.ts';
import { forgetSeen } from '../src/store/forget-seen.ts';
import { timelineMonths } from '../src/store/timeline.ts';
import { anActivity, user } from './builders.ts';
import { type Driver, profileDriver } from './driver.ts';

let driver: Driver;
beforeAll(async () => {
  driver = await profileDriver();
});
afterEach(() => driver.query('truncate profile.activity, profile.seen'));
afterAll(() => driver.close());

const now = new Date('2020-11-27T12:00:00.000Z');
const receivedAt = (instant: string) => anActivity({ identifiers: [user('ada')], receivedAt: instant });
const forget = (options: Partial<Parameters<typeof forgetSeen>[1]> = {}) =>
  forgetSeen(driver.dataSource, { keepMonths: 28, now, ...options });
const emptyTimeline = () => driver.query('truncate profile.activity');
const count = async () => new Customers(driver.dataSource).count();
const seen = async () => {
  const rows = await driver.query<{ activity_id: string }>('select activity_id from profile.seen');
  return rows.map(({ activity_id }) => activity_id);
};

/** By the clock of this machine, which the database has too. */
const monthsAgo = (months: number) => {
  const date = new Date();
  date.setUTCMonth(date.getUTCMonth() - months);
  return date;
};

describe('the id of an activity', () => {
  it('is kept for the months after its reception, and not a millisecond longer', async () => {
    const instant = Date.parse('2018-07-27T12:00:00.000Z');
    const [before, at, after] = [-1, 0, 1].map((ms) => receivedAt(new Date(instant + ms).toISOString()));
    await driver.deliver(before!, at!, after!);
    await emptyTimeline();
    expect(await forget()).toBe(1);
    expect((await seen()).toSorted()).toEqual([at!.activityId, after!.activityId].toSorted());
    expect(await forget({ now: new Date(now.getTime() + 2) })).toBe(2);
    expect(await seen()).toEqual([]);
  });

  it('is kept as long as an activity as old is in the timeline', async () => {
    const old = receivedAt('2018-01-10T12:00:00.000Z');
    await driver.deliver(old, receivedAt('2020-11-10T12:00:00.000Z'));
    expect(await forget()).toBe(0);
    await driver.query('drop table profile.activity_y2018m01');
    expect(await forget()).toBe(1);
    expect(await seen()).not.toContain(old.activityId);
  });

  it('is not forgotten because the clock of this process is ahead', async () => {
    await driver.deliver(receivedAt(monthsAgo(27).toISOString()));
    await emptyTimeline();
    expect(await forget({ now: new Date('2126-01-01') })).toBe(0);
  });

  it('is not forgotten because the clock of the database is ahead', async () => {
    await driver.deliver(receivedAt(monthsAgo(29).toISOString()));
    await emptyTimeline();
    expect(await forget({ now: monthsAgo(2) })).toBe(0);
    expect(await forget({ now: new Date() })).toBe(1);
  });

  it('is still known when the month of its activity is dropped, and later forgotten', async () => {
    const old = receivedAt(monthsAgo(27).toISOString());
    await driver.deliver(old);
    const month = old.receivedAt.slice(0, 7).replace('-', 'm');
    await markExpired(driver.dataSource, `profile.activity_y${month}`, 25);
    const { dropped } = await timelineMonths(driver.dataSource).removeExpired({ keepMonths: 25 });
    expect(dropped).toEqual([`activity_y${month}`]);
    expect(await forget({ now: new Date() })).toBe(0);
    const other = await driver.another();
    expect(await other.deliver(old)).toEqual([]);
    expect(await forget({ keepMonths: 26, now: new Date() })).toBe(1);
    expect(await other.deliver(old)).toHaveLength(1);
  });
});

describe('many old ids', () => {
  const addSeen = (rows: number, instant: string) =>
    driver.query(
      `insert into profile.seen
       select gen_random_uuid(), gen_random_uuid(), $2::timestamptz, $2::timestamptz, 1 from generate_series(1, $1)`,
      [rows, instant],
    );

  it.each([9, 10, 11, 20, 25])('are all removed, in steps of 10: %d', async (rows) => {
    await addSeen(rows, '2016-01-01T00:00:00.000Z');
    await addSeen(3, '2020-11-01T00:00:00.000Z');
    expect(await forget({ stepSize: 10 })).toBe(rows);
    expect(await seen()).toHaveLength(3);
  });

  it('are still counted as stored activities', async () => {
    const before = await count();
    await addSeen(25, '2016-01-01T00:00:00.000Z');
    await forget({ stepSize: 10 });
    expect(await count()).toEqual({ ...before, activities: before.activities + 25 });
  });

  it('are removed once by two processes, and each counts its own', async () => {
    const before = await count();
    await addSeen(500, '2016-01-01T00:00:00.000Z');
    const other = await driver.another();
    const removed = await Promise.all([
      forget({ stepSize: 10 }),
      forgetSeen(other.dataSource, { keepMonths: 28, now, stepSize: 10 }),
    ]);
    expect(removed[0] + removed[1] + (await forget())).toBe(500);
    expect((await count()).activities).toBe(before.activities + 500);
  });

  it('are found by the index on the instant of reception, which does not stay as wide after them', async () => {
    await addSeen(20_000, '2016-01-01T00:00:00.000Z');
    await addSeen(20_000, '2020-11-01T00:00:00.000Z');
    await driver.query('vacuum analyze profile.seen');
    await driver.query(`select brin_summarize_new_values('profile.seen_by_reception')`);
    const old = (database: never) =>
      (database as Driver['dataSource']).query('select ctid from profile.seen where received_at < $1::timestamptz', [
        '2017-01-01T00:00:00.000Z',
      ]);
    const before = await planOf(driver.dataSource, old);
    expect(before.scanned).toEqual([]);
    expect(before.rowsRead).toBeLessThan(25_000);
    await forget();
    await driver.query('vacuum analyze profile.seen');
    const after = await planOf(driver.dataSource, old);
    expect(after).toEqual({ rowsRead: 0, scanned: [] });
  });
});
