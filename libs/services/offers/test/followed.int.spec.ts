import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCause, aMove, aTemplate, aYesOf, anActOf, iso } from './builders.ts';
import { type Driver, offersDriver } from './driver.ts';

let driver: Driver;
beforeAll(async () => {
  driver = await offersDriver({ templates: [aTemplate({ caps: { perCustomer: 9, perDays: 30 } })] });
});
afterAll(() => driver.close());

const aMoveAt = (name: string, offset: number) =>
  aMove(name, { cause: aCause({ timestamp: iso(Date.now()) }), position: { partition: 0, offset } });

/** Two topics do not wait for each other: the score that an activity moved can be heard before what the customer had said before it. */
describe('a score whose cause has not been followed yet', () => {
  it('waits, and with it all that comes after, until what the customer said is known', async () => {
    await driver.follow(aYesOf('ada'));
    const moves = [aMoveAt('ada', 0), aMoveAt('ada', 2), aMoveAt('ada', 0)];
    expect((await driver.outcomes(...moves)).map(({ kind }) => kind)).toEqual(['done', 'retry', 'retry']);

    await driver.follow(
      anActOf('ada', { name: 'consent.updated', properties: { offers: false } }),
      anActOf('ada', { name: 'order.refunded' }),
    );
    const said = await driver.decide(...moves);
    expect(said.map(({ event }) => event)).toEqual(['OfferMade', 'OfferWithheld', 'OfferWithheld']);
  });

  it('waits for another process, too, and not for what nobody can handle', async () => {
    const other = await driver.another();
    const next = aMoveAt('cleo', 3);
    expect((await driver.outcomes(next)).map(({ kind }) => kind)).toEqual(['retry']);
    await other.follow(aYesOf('cleo'));
    expect((await driver.outcomes(next)).map(({ kind }) => kind)).toEqual(['done']);
    driver.passOver();
    expect((await driver.outcomes(aMoveAt('cleo', 4))).map(({ kind }) => kind)).toEqual(['done']);
  });

  it.each([
    ['before', 4, 'done'],
    ['at', 5, 'retry'],
    ['after', 6, 'retry'],
  ])('is decided only %s the place up to which everything is noted', async (_where, offset, outcome) => {
    const [first] = await driver.outcomes(aMoveAt('bea', offset));
    expect(first!.kind).toBe(outcome);
  });
});
