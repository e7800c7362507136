import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { preparedPlans } from '@sestante/postgres/testing';
import { anActivity, user, visitor } from './builders.ts';
import { type Driver, profileDriver } from './driver.ts';

let driver: Driver;
beforeAll(async () => {
  driver = await profileDriver();
});
afterAll(() => driver.close());

it('plans that the server cached while the tables were tiny look up rows by key', async () => {
  const acts = (from: number) =>
    Array.from({ length: 60 }, (_, index) =>
      anActivity({
        identifiers: [user(`u-${from + index}`), visitor(`v-${from + index}`)],
        name: 'consent.updated',
        properties: { offers: true },
      }),
    );
  const first = acts(0);
  await driver.deliver(...first);
  await driver.query('analyze profile.customer, profile.member, profile.identifier, profile.activity, profile.fact');
  await driver.deliver(...first, ...acts(30));
  const plans = await preparedPlans(driver.dataSource);
  expect(plans.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['profile-find-activities', 'profile-find-members', 'profile-find-latest-values']),
  );
  expect(plans.filter(({ scanned }) => scanned.length > 0)).toEqual([]);
});
