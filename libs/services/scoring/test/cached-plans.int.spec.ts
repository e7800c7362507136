import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { preparedPlans } from '@sestante/postgres/testing';
import { anActOf } from './builders.ts';
import { type Driver, scoringDriver } from './driver.ts';

let driver: Driver;
beforeAll(async () => {
  driver = await scoringDriver();
});
afterAll(() => driver.close());

it('plans that the server cached while the tables were tiny look up rows by key', async () => {
  const acts = (from: number) => Array.from({ length: 60 }, (_, index) => anActOf(`customer ${from + index}`));
  const first = acts(0);
  await driver.deliver(...first);
  await driver.query('analyze scoring.activity, scoring.member');
  await driver.deliver(...first, ...acts(30));
  const plans = await preparedPlans(driver.dataSource);
  expect(plans.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'scoring-add-activities',
      'scoring-find-versions',
      'scoring-find-members',
      'scoring-find-other-members',
      'scoring-update-members',
    ]),
  );
  expect(plans.filter(({ scanned }) => scanned.length > 0)).toEqual([]);
});
