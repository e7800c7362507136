import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { PoolClient } from 'pg';
import { planOf, preparedPlans } from '../../src/testing/index.ts';
import { withClient } from '../../src/index.ts';
import { activities, type Driver } from './driver.ts';

jest.setTimeout(30_000);

/** A client or a data source. */
type Database = Pick<PoolClient, 'query'>;
const page = {
  name: 'activities-of-member',
  text: 'select activity_id from profile.activity where member_id = $1 order by occurred_at desc, activity_id desc limit 50',
};
const pageOf = (database: Database, member: number) => database.query({ ...page, values: [member] });

let driver: Driver;
beforeAll(async () => {
  driver = await activities();
  const months = Array.from({ length: 6 }, (_, index) => `2026-0${index + 3}-15T12:00:00.000Z`);
  await driver.first.months.ensure(months);
  // 20,000 activities of 100 members in six months. A seventh month has none.
  await driver.query(`
    insert into profile.activity (member_id, occurred_at, received_at)
      select n % 100, at, at from generate_series(1, 20000) n,
        lateral (select timestamptz '2026-03-01Z' + make_interval(mins => n * 13)) as time (at);
    analyze profile.activity`);
  await driver.first.months.ensure(['2026-12-01T00:00:00.000Z']);
});
afterAll(() => driver.close());

describe('the latest activities of a member in all months', () => {
  test('are read from the index of each partition', async () => {
    expect((await driver.partitions()).length).toBe(7);
    const { scanned, rowsRead } = await planOf(driver.first.dataSource, (database) => pageOf(database, 7));
    expect(scanned).toEqual([]);
    // The page, and the first row of each month.
    expect(rowsRead).toBeGreaterThanOrEqual(50);
    expect(rowsRead).toBeLessThanOrEqual(50 + 7);
  });

  test('are the right ones, the latest first', async () => {
    const { rows } = await withClient(driver.first.dataSource, (client) => pageOf(client, 7));
    const latest = await driver.query<{ activity_id: string }>(
      `select activity_id from (select activity_id, occurred_at, rank() over (order by occurred_at desc) as place
         from profile.activity where member_id = 7) ranked where place <= 50 order by occurred_at desc`,
    );
    expect(rows).toEqual(latest);
    expect(rows).toHaveLength(50);
  });

  test('are not scanned by a plan that was made before the next partition', async () => {
    await driver.first.months.ensure(['2027-01-01T00:00:00.000Z']);
    const plans = (await preparedPlans(driver.first.dataSource)).filter(({ name }) => name === page.name);
    expect(plans).toEqual([{ name: page.name, scanned: [] }]);
  });
});
