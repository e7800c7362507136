import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ownSourceId } from '@sestante/contracts';
import { type Identifier } from '@sestante/identity';
import { anActivity, mail, user, visitor } from '../builders.ts';
import { type Driver, profileDriver } from '../driver.ts';
import { after, aMinuteAgo, anErasedPerson as erasedPersonOf, at, before, idOf as findId } from './erased-person.ts';
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
const timelineOf = async ({ value }: Identifier) =>
  driver.query<{ activity_id: string }>(
    'select activity_id from profile.activity join profile.member using (member_id) where value = $1 order by occurred_at',
    [value],
  );
const dropped = async () =>
  Number((await driver.query<{ count: string }>('select count from profile.dropped'))[0]!.count);

describe('an activity of an erased person that arrives late', () => {
  it('is dropped whole and counted, under each of the identifiers', async () => {
    const { account, browser } = await anErasedPerson();
    const counted = await dropped();
    const late = [
      before(account),
      before(browser),
      before(visitor('never seen'), account),
      before(mail('m@x.org'), browser),
    ];
    expect(await driver.deliver(...late)).toEqual([]);
    expect(await dropped()).toBe(counted + 4);
    for (const one of [account, browser, visitor('never seen'), mail('m@x.org')])
      expect(await idOf(one)).toBeUndefined();
  });

  it('is one of before up to the instant of the erasure', async () => {
    const { account, erasedAt } = await anErasedPerson();
    const happening = (ms: number) => {
      const timestamp = at(Date.parse(erasedAt) + ms);
      return anActivity({ identifiers: [account], timestamp, receivedAt: at(Date.parse(erasedAt) + 10_000) });
    };
    expect(await driver.deliver(happening(-1), happening(0))).toEqual([]);
    expect(await idOf(account)).toBeUndefined();
    expect(await driver.deliver(happening(1))).toHaveLength(1);
  });

  it('is one of before also if the clock of its device was ahead', async () => {
    const { account } = await anErasedPerson();
    const ahead = anActivity({
      identifiers: [account],
      timestamp: at(Date.now() + 3_600_000),
      receivedAt: at(aMinuteAgo()),
    });
    expect(await driver.deliver(ahead)).toEqual([]);
  });

  it('is dropped also when the person has come back', async () => {
    const { account, browser } = await anErasedPerson();
    await driver.deliver(after(account));
    const [late, known] = [before(account), after(account)];
    expect(await driver.deliver(late, before(browser, account), known)).toHaveLength(1);
    expect((await timelineOf(account)).map(({ activity_id }) => activity_id)).not.toContain(late.activityId);
    expect(await timelineOf(account)).toHaveLength(2);
    expect(await idOf(browser)).toBeUndefined();
  });

  it('is dropped if it came with the token of the person, whatever it names', async () => {
    const { erasedAt } = await anErasedPerson();
    const { customerId } = eraser.customers.at(-1)!;
    const withToken = (name: string, timestamp: string) =>
      anActivity({
        identifiers: [visitor(name)],
        vouchedBy: 'customer',
        tokenOf: customerId,
        timestamp,
        receivedAt: timestamp,
      });
    const published = await driver.deliver(
      withToken('another phone', erasedAt),
      withToken('a phone of later', at(Date.parse(erasedAt) + 1)),
    );
    expect(published).toHaveLength(1);
    expect(await idOf(visitor('another phone'))).toBeUndefined();
  });

  it('is dropped if it was set over the API, also if the clock of that process was ahead', async () => {
    const { account, browser } = await anErasedPerson();
    const counted = await dropped();
    const set = (one: Identifier) => ({ ...after(one), source: ownSourceId, name: 'preferences.updated' });
    expect(await driver.deliver(set(account), set(browser))).toEqual([]);
    expect(await dropped()).toBe(counted + 2);
    expect([await idOf(account), await idOf(browser)]).toEqual([undefined, undefined]);
    await driver.deliver(after(account));
    expect(await driver.deliver(set(account))).toHaveLength(1);
  });

  it('that was stored before changes nothing, also if it says another time now', async () => {
    const { account, activity } = await anErasedPerson();
    const again = { ...activity, timestamp: at(Date.now() + 60_000), receivedAt: at(Date.now() + 60_000) };
    expect(await driver.deliver(activity)).toEqual([]);
    await driver.deliver(again);
    expect(await timelineOf(account)).toEqual([]);
    expect(driver.refused).toEqual([]);
  });

  it('whose id another event has is refused', async () => {
    const { activity } = await anErasedPerson();
    const reused = { ...after(user('somebody else')), activityId: activity.activityId, contentHash: 2 };
    await driver.deliver(reused);
    expect(driver.refused.map(({ activityId }) => activityId)).toContain(reused.activityId);
  });

  it('is not refused, and so not kept, if its id is that of another event', async () => {
    const { account, activity } = await anErasedPerson();
    const [first, again] = [before(user('somebody with an id')), before(account)];
    const refused = driver.refused.length;
    await driver.deliver(first, { ...again, activityId: first.activityId, contentHash: 2 });
    await driver.deliver({ ...activity, contentHash: 2 });
    expect(driver.refused).toHaveLength(refused);
  });

  it('does not keep the other activities of its batch from being stored', async () => {
    const { account } = await anErasedPerson();
    const [one, two] = [before(user('one of the batch')), before(user('two of the batch'))];
    expect(await driver.deliver(one, before(account), two)).toHaveLength(2);
  });
});
