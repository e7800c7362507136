import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { preparedPlans } from '@sestante/postgres/testing';
import { aMove, iso } from './builders.ts';
import { type Driver, offersDriver } from './driver.ts';

let driver: Driver;
beforeAll(async () => {
  driver = await offersDriver();
});
afterAll(() => driver.close());

it('plans that were made while the tables were tiny look up by keys: they are kept', async () => {
  const moves = (from: number) =>
    Array.from({ length: 60 }, (_, index) => aMove(`customer ${from + index}`, { timestamp: iso(Date.now()) }));
  const known = moves(0);
  await driver.decide(...known);
  await driver.query('analyze offers.decision, offers.offer');
  await driver.decide(...known, ...moves(30));
  const plans = await preparedPlans(driver.dataSource);
  expect(plans.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['offers-find-decisions', 'offers-find-recent']),
  );
  expect(plans.filter(({ scanned }) => scanned.length > 0)).toEqual([]);
});
