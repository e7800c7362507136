import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { preparedPlans } from '@sestante/postgres/testing';
import { anActivity, user, visitor } from './builders.ts';
import { type Driver, profileDriver } from './driver.ts';

let driver: Driver;
beforeAll(async () => {
  driver = await profileDriver();
});
afterAll(() => driver.close());

it('plans that were made while the tables were tiny look up by keys: they are kept', async () => {
  const acts = (from: number) =>
    Array.from({ length: 60 }, (_, index) =>
      anActivity({
        identifiers: [user(`u-${from + index}`), visitor(`v-${from + index}`)],
        name: 'consent.updated',
        properties: { offers: true },
      }),
    );
  const known = acts(0);
  await driver.deliver(...known);
  await driver.query('analyze profile.customer, profile.member, profile.identifier, profile.activity, profile.fact');
  await driver.deliver(...known, ...acts(30));
  const plans = await preparedPlans(driver.dataSource);
  expect(plans.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['profile-find-activities', 'profile-find-members', 'profile-find-words']),
  );
  expect(plans.filter(({ scanned }) => scanned.length > 0)).toEqual([]);
});
