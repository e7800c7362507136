import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Identifier } from '@sestante/identity';
import { anActivity, card, device, mail, user, visitor } from '../builders.ts';
import { type Driver, profileDriver } from '../driver.ts';
import { type Eraser, eraserOf } from './eraser.ts';

let driver: Driver;
let eraser: Eraser;
beforeAll(async () => {
  driver = await profileDriver();
  eraser = eraserOf(driver.dataSource);
});
afterAll(() => driver.close());

const at = (ms: number) => new Date(ms).toISOString();
const aMinuteAgo = () => Date.now() - 60_000;
/** Ada did something a minute ago. */
const before = (...identifiers: Identifier[]) => {
  const timestamp = at(aMinuteAgo());
  return anActivity({ identifiers, timestamp, receivedAt: timestamp });
};
const after = (...identifiers: Identifier[]) => {
  const timestamp = at(Date.now() + 60_000);
  return anActivity({ identifiers, timestamp, receivedAt: timestamp });
};
const idOf = async ({ value }: Identifier) =>
  (await driver.query<{ id: string }>('select customer_id as id from profile.member where value = $1', [value]))[0]?.id;
let count = 0;
/** A person with an account and a browser, who was erased. */
async function anErasedPerson() {
  const name = `person ${++count}`;
  const [account, browser] = [user(name), visitor(`browser of ${name}`)];
  const activity = before(account, browser);
  await driver.deliver(activity);
  await eraser.erase((await idOf(account))!);
  const { erasedAt } = eraser.customers.at(-1)!;
  return { account, browser, activity, erasedAt };
}

describe('an activity of somebody else', () => {
  it('stays with them, without the device of the erased person', async () => {
    const { browser } = await anErasedPerson();
    await driver.deliver(before(user('bea')));
    const late = before(user('bea'), browser);
    expect(await driver.deliver(late)).toMatchObject([{ activityId: late.activityId }]);
    expect(await idOf(browser)).toBeUndefined();
  });

  it.each([
    ['account', user('new with an account')],
    ['card', card('4000000077')],
  ])('stays also if nobody knows their %s yet', async (_, own) => {
    const { browser } = await anErasedPerson();
    const late = before(browser, own);
    expect(await driver.deliver(late)).toMatchObject([{ activityId: late.activityId }]);
    expect(await idOf(own)).toBeDefined();
    expect(await idOf(browser)).toBeUndefined();
  });

  it.each([
    ['a new browser says', visitor('new browser')],
    ['a new mailbox says', mail('new@example.org')],
  ])('is not assumed because %s so', async (_, own) => {
    const { browser } = await anErasedPerson();
    expect(await driver.deliver(before(own, browser))).toEqual([]);
    expect(await idOf(own)).toBeUndefined();
  });

  it('is not assumed because a new account names the erased one', async () => {
    const { account } = await anErasedPerson();
    const own = user('second account');
    expect(await driver.deliver(before(own, account))).toEqual([]);
    expect(await idOf(own)).toBeUndefined();
  });

  it('is as before if they used the device after the erasure', async () => {
    const { browser } = await anErasedPerson();
    await driver.deliver(after(user('cleo'), browser));
    expect(await idOf(browser)).toBe(await idOf(user('cleo')));
  });

  it('costs no look-up if all are known, and none before the first erasure', async () => {
    const fresh = await profileDriver();
    try {
      await fresh.deliver(before(user('dora'), device('d-1')));
      expect(await fresh.query('select from profile.erasure_key')).toEqual([]);
    } finally {
      await fresh.close();
    }
  });
});
