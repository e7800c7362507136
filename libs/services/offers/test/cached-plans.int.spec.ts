import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { preparedPlans } from '@sestante/postgres/testing';
import { aMove, iso } from './builders.ts';
import { type Driver, offersDriver } from './driver.ts';

let driver: Driver;
beforeAll(async () => {
  driver = await offersDriver();
});
afterAll(() => driver.close());

it('nothing is looked up for activities that are new for certain', async () => {
  await driver.decide(aMove('ada', { timestamp: iso(Date.now()) }));
  const names = (await preparedPlans(driver.dataSource)).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['offers-add-decisions', 'offers-find-recent']));
  expect(names.filter((name) => /find-(decisions|offers)/.test(name))).toEqual([]);
});

it('plans that the server cached while the tables were tiny look up rows by key', async () => {
  const moves = (from: number) =>
    Array.from({ length: 60 }, (_, index) => aMove(`customer ${from + index}`, { timestamp: iso(Date.now()) }));
  const first = moves(0);
  await driver.decide(...first);
  await driver.query('analyze offers.decision, offers.offer, offers.member');
  await driver.decide(...first, ...moves(30));
  const plans = await preparedPlans(driver.dataSource);
  expect(plans.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'offers-find-decisions',
      'offers-find-members',
      'offers-find-offers',
      'offers-find-recent',
      'offers-save-members',
    ]),
  );
  expect(plans.filter(({ scanned }) => scanned.length > 0)).toEqual([]);
});
