import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Counted } from '../src/population/counted.ts';
import { daysCountedSince, readDays, saveDays } from '../src/population/daily-counts.ts';
import { isSmall } from '../src/population/is-small.ts';
import { anActOf } from './builders.ts';
import { type Driver, scoringDriver } from './driver.ts';

let driver: Driver;
beforeAll(async () => {
  driver = await scoringDriver();
  await driver.deliver(anActOf('ada'), anActOf('bea'), anActOf('cleo'));
});
afterAll(() => driver.close());

it.each([
  [2, false],
  [3, true],
  [4, true],
])('three members are at most %d: %j', async (most, isFew) => {
  expect(await isSmall(driver.dataSource, driver.live.modelId, most)).toBe(isFew);
});

describe('the days that are counted', () => {
  const day = '2026-11-20';
  const asked = { from: '2026-11-19', to: '2026-11-21' };
  const countsOf = (customers: number) => ({ ...new Counted().counts(), customers });

  it('are replaced when they are counted again', async () => {
    await saveDays(driver.dataSource, 1, [{ day, counts: countsOf(1) }]);
    await saveDays(driver.dataSource, 1, [{ day, counts: countsOf(2) }]);
    expect(await readDays(driver.dataSource, 1, asked)).toEqual([{ day, counts: countsOf(2) }]);
  });

  it('are those of one model', async () => {
    await saveDays(driver.dataSource, 2, [{ day, counts: countsOf(3) }]);
    const found = await readDays(driver.dataSource, 2, asked);
    expect(found.map(({ counts }) => counts.customers)).toEqual([3]);
  });

  it.each([
    ['1 ms before', -1, [day]],
    ['at', 0, []],
    ['1 ms after', 1, []],
  ])('can be asked by when they were counted: after an instant %s it', async (_, ms, days) => {
    const at = Date.parse('2026-11-22T00:00:10.000Z');
    await saveDays(driver.dataSource, 3, [{ day, counts: countsOf(1) }]);
    await driver.dataSource.query('update scoring.daily_summary set counted_at = $1 where model_id = 3', [
      new Date(at),
    ]);
    expect([...(await daysCountedSince(driver.dataSource, 3, { ...asked, since: at + ms }))]).toEqual(days);
  });
});
