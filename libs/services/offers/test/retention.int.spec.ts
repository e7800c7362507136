import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { markExpired } from '@sestante/postgres/testing';
import { readDecisions } from '../src/store/decisions.ts';
import { readOffers } from '../src/store/offers.ts';
import { waysToPublish } from '@sestante/streaming/testing';
import { aMove, idOf, iso, unknown } from './builders.ts';
import { type Driver, offersDriver } from './driver.ts';

/** The same instant so many months earlier, in the middle of the month. */
const monthsAgo = (months: number) => {
  const now = new Date();
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 15);
};
const partitionOf = (at: number) => `decision_y${iso(at).slice(0, 4)}m${iso(at).slice(5, 7)}`;

describe.each(waysToPublish)('with a stream that publishes %s', (way) => {
  let driver: Driver;
  beforeAll(async () => {
    driver = await offersDriver({ way });
  });
  afterAll(() => driver.close());

  /** An offer and a refusal, both decided so many months ago. */
  async function decidedMonthsAgo(name: string, months: number) {
    const at = monthsAgo(months);
    const move = { timestamp: iso(at), receivedAt: iso(at) };
    // The service decides by its own clock, and makes no offers for activities that are old.
    const recent = aMove(name, { timestamp: iso(Date.now()) });
    const causes = [recent, aMove(name, { ...move, standing: unknown })];
    const published = await driver.decide(...causes);
    expect(published.map(({ event }) => event)).toEqual(['OfferMade', 'OfferWithheld']);
    await driver.months.ensure([at]);
    await driver.query(
      'update offers.decision set decided_at = to_timestamp($1 / 1000.0) where member_id = $2 and decided_at > now() - interval $$1 hour$$',
      [at, idOf(`member of ${name}`)],
    );
    return { causes, published };
  }
  async function removeExpired(months: number): Promise<string[]> {
    await markExpired(driver.dataSource, `offers.${partitionOf(monthsAgo(months))}`, 25);
    return (await driver.months.removeExpired({ keepMonths: 25 })).dropped;
  }
  const decisionsOf = (name: string) => readDecisions(driver.dataSource, idOf(name), { before: undefined, limit: 10 });
  const offersOf = (name: string) => readOffers(driver.dataSource, idOf(name), 10);

  it('the decisions of an expired month are removed, and its offers stay', async () => {
    await decidedMonthsAgo('ada', 27);
    expect(await decisionsOf('ada')).toHaveLength(2);
    expect(await removeExpired(27)).toEqual([partitionOf(monthsAgo(27))]);
    expect([await decisionsOf('ada'), await offersOf('ada')]).toEqual([
      [],
      [expect.objectContaining({ status: 'made' })],
    ]);
  });

  it('a cause whose decision was removed leads to no second offer: the first one is published again', async () => {
    const { causes, published } = await decidedMonthsAgo('bea', 28);
    await removeExpired(28);
    expect(await driver.decide(causes[0]!)).toEqual(published.slice(0, 1));
    expect(await offersOf('bea')).toHaveLength(1);
    expect(await decisionsOf('bea')).toEqual([]);
  });

  it('a month that was removed under a running process is created again for the next try', async () => {
    const aFreshMove = () => aMove('dora', { timestamp: iso(Date.now()) });
    await driver.decide(aFreshMove());
    await driver.query(`drop table offers.${partitionOf(Date.now())}`);
    const move = aFreshMove();
    await expect(driver.decide(move)).rejects.toMatchObject({ code: 'missing-partition', retriable: true });
    expect(await driver.decide(move)).toMatchObject([{ event: 'OfferMade' }]);
    expect(await decisionsOf('dora')).toHaveLength(1);
    expect(await offersOf('dora')).toHaveLength(2);
  });

  it('the pages of decisions continue in earlier months', async () => {
    const name = 'cleo';
    await decidedMonthsAgo(name, 2);
    await decidedMonthsAgo(name, 1);
    await driver.decide(aMove(name, { timestamp: iso(Date.now()) }));
    const all = await decisionsOf(name);
    expect(all.map(({ decidedAt }) => decidedAt.slice(0, 7))).toEqual(
      [0, 1, 1, 2, 2].map((months) => iso(monthsAgo(months)).slice(0, 7)),
    );
    const paged = [];
    for (let page = all.slice(0, 0), before: string | undefined; ; before = page.at(-1)!.decisionId) {
      page = await readDecisions(driver.dataSource, idOf(name), { before, limit: 2 });
      paged.push(...page);
      if (page.length < 2) break;
    }
    expect(paged).toEqual(all);
  });
});
