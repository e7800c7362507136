import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { aMerge, anAct, anActOf, aSplit, daysAfter, idOf } from '../builders.ts';
import { type Driver, type Process, scoringDriver } from '../driver.ts';
import { followDriver } from './follow-driver.ts';

let driver: Driver;
let other: Process;
let rows: ReturnType<typeof followDriver>;
beforeAll(async () => {
  driver = await scoringDriver();
  other = await driver.another();
  rows = followDriver(driver);
});
afterAll(() => driver.close());

describe('the row of a customer', () => {
  it('has the scores after each batch, and the first and last instant of all activities', async () => {
    await rows.follow(driver, anActOf('ada', { timestamp: daysAfter(-5) }), anActOf('bea'));
    await rows.expectExact('ada');
    await rows.follow(
      driver,
      anActOf('ada', { name: 'promise.broken', channel: 'store', timestamp: daysAfter(-9) }),
      anActOf('ada', { name: 'order.completed', properties: { revenue: 40 }, timestamp: daysAfter(-3) }),
      anActOf('ada', { name: 'page.viewed', channel: 'mobile', timestamp: daysAfter(-1) }),
    );
    await rows.expectExact('ada');
    await rows.expectExact('bea');
    expect(await rows.rowOf('ada')).toMatchObject({
      firstAt: new Date(daysAfter(-9)),
      lastAt: new Date(daysAfter(-1)),
      members: 1,
    });
  });

  it('is the same after a repeated batch, and after batches that are read in another order', async () => {
    const one = await driver.publish(anActOf('rita', { timestamp: daysAfter(-2) }));
    const two = await other.publish(anActOf('rita', { name: 'promise.broken', timestamp: daysAfter(-1) }));
    await rows.handle(two);
    await rows.handle(one);
    await rows.handle(two);
    await rows.expectExact('rita');
    expect(await rows.rowOf('rita')).toMatchObject({
      firstAt: new Date(daysAfter(-2)),
      lastAt: new Date(daysAfter(-1)),
    });
  });

  it('knows the activities of before, if it is written for the first time', async () => {
    await driver.publish(anActOf('late', { timestamp: daysAfter(-50) }));
    await rows.follow(driver, anActOf('late', { timestamp: daysAfter(-4) }));
    expect(await rows.rowOf('late')).toMatchObject({
      firstAt: new Date(daysAfter(-50)),
      lastAt: new Date(daysAfter(-4)),
    });
  });

  it('has no scores without evidence', async () => {
    await rows.follow(driver, anActOf('quiet', { name: 'nothing.known' }));
    expect(await rows.rowOf('quiet')).toMatchObject({ overall: null, 'trust.bond': null, loyal: false, channels: 0 });
  });
});

describe('the rows of customers', () => {
  const actOf = (member: string, over: Parameters<typeof anAct>[0] = {}) =>
    anAct({ customerId: idOf(member), memberId: idOf(member), ...over });

  it('follow a merge and a split', async () => {
    await rows.follow(driver, actOf('one', { timestamp: daysAfter(-8) }), actOf('two', { name: 'promise.broken' }));
    await rows.follow(driver, ...aMerge('one', 'two', { one: 1 }));
    expect(await rows.rowOf('one')).toBeUndefined();
    await rows.expectExact('two');
    expect(await rows.rowOf('two')).toMatchObject({ members: 2, firstAt: new Date(daysAfter(-8)) });
    await rows.follow(driver, ...aSplit('two', 'one', { one: 2 }));
    await rows.expectExact('one');
    await rows.expectExact('two');
    expect(await rows.rowOf('two')).toMatchObject({ members: 1, firstAt: new Date(daysAfter(0)) });
  });

  it('are removed by an erasure, at once, and do not come back with a late batch', async () => {
    const messages = await rows.follow(driver, actOf('gone'));
    const erased = {
      erasureId: randomUUID(),
      customerId: idOf('gone'),
      members: [idOf('gone')],
      erasedAt: daysAfter(1),
    };
    const published = await driver.erase(erased);
    expect(await rows.rowOf('gone')).toBeUndefined();
    await rows.handle(messages);
    await rows.handle(published.slice(0, 1));
    expect(await rows.rowOf('gone')).toBeUndefined();
    const counts = await driver.query<{ removed: unknown[] }>(
      'select removed from scoring.erasure where erasure_id = $1',
      [erased.erasureId],
    );
    expect(counts[0]!.removed).toContainEqual({ what: 'score rows', count: 1 });
  });

  it('of evidence that is later than the instant have the scores at that evidence', async () => {
    await rows.follow(driver, anActOf('early', { name: 'promise.broken' }));
    const [asked, latest] = [Date.parse(daysAfter(-3)), Date.parse(daysAfter(0))];
    const [before, then] = [await rows.rowOf('early', asked), await rows.rowOf('early', latest)];
    expect(before!['trust.mood']).toBeCloseTo(Number(then!['trust.mood']), 9);
  });
});
