import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Identifier } from '@sestante/identity';
import { card, device, mail, user, visitor } from '../builders.ts';
import { type Driver, profileDriver } from '../driver.ts';
import { after, anErasedPerson as erasedPersonOf, before, idOf as findId } from './erased-person.ts';
import { type Eraser, eraserOf } from './eraser.ts';

let driver: Driver;
let eraser: Eraser;
beforeAll(async () => {
  driver = await profileDriver();
  eraser = eraserOf(driver.dataSource);
});
afterAll(() => driver.close());

const idOf = (identifier: Identifier) => findId(driver, identifier);
const anErasedPerson = () => erasedPersonOf(driver, eraser);

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
