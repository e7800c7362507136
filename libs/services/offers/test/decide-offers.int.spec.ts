import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCause, aMove, aTemplate, aYesOf, iso } from './builders.ts';
import { type Driver, offersDriver, type Process } from './driver.ts';

let driver: Driver;
let other: Process;
beforeAll(async () => {
  driver = await offersDriver({ templates: [aTemplate({ caps: { perCustomer: 2, perDays: 30 } })] });
  other = await driver.another();
});
afterAll(() => driver.close());

/** A coupon that was denied just now: the service decides by its own clock. */
const aFreshMove = (name: string) => aMove(name, { cause: aCause({ timestamp: iso(Date.now()) }) });
const someMoves = (name: string, count: number) => Array.from({ length: count }, () => aFreshMove(name));
const everythingKept = () =>
  driver.query(
    `select (select json_agg(d order by decision_id) from offers.decision d) as decisions,
            (select json_agg(o order by offer_id) from offers.offer o) as offers`,
  );
const causesOf = (said: readonly { data: { cause: { activityId: string } } }[]) =>
  said.map(({ data }) => data.cause.activityId);

describe('a score that moved', () => {
  it('leads to an offer, which is kept and said', async () => {
    await driver.follow(aYesOf('ada'));
    const [said] = await driver.decide(aFreshMove('ada'));
    expect(said).toMatchObject({
      event: 'OfferMade',
      data: { template: 'discount', code: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{10}$/) },
    });
    const kept = await driver.query('select from offers.offer where code = $1', [
      (said!.data as { code: string }).code,
    ]);
    expect(kept).toHaveLength(1);
  });

  it('leads to none without consent, which is kept and said with the reasons', async () => {
    const [said] = await driver.decide(aFreshMove('bea'));
    expect(said).toMatchObject({
      event: 'OfferWithheld',
      data: { reasons: ['discount: consent to offers is unknown, consent to personalisation is unknown'] },
    });
  });

  it('leads to as many offers as the cap allows, within a batch and over batches', async () => {
    await driver.follow(aYesOf('cleo'));
    const said = [...(await driver.decide(...someMoves('cleo', 3))), ...(await driver.decide(aFreshMove('cleo')))];
    expect(said.map(({ event }) => event)).toEqual(['OfferMade', 'OfferMade', 'OfferWithheld', 'OfferWithheld']);
  });

  it('is said in the order of the batch', async () => {
    await driver.follow(aYesOf('dora'));
    const moves = ['dora', 'nobody', 'dora', 'dora'].map(aFreshMove);
    expect(causesOf(await driver.decide(...moves))).toEqual(causesOf(moves.map((data) => ({ data }))));
  });
});

describe('a cause that was decided', () => {
  it('keeps its decision, which is said again with the same code', async () => {
    await driver.follow(aYesOf('edith'));
    const moves = someMoves('edith', 3);
    const said = await driver.decide(...moves);
    const kept = await everythingKept();
    expect(await driver.decide(...moves)).toEqual(said);
    expect(await everythingKept()).toEqual(kept);
  });

  it('keeps its decision also when the customer has said no since, or the scores have moved on', async () => {
    await driver.follow(aYesOf('fay'));
    const move = aFreshMove('fay');
    const said = await driver.decide(move);
    await driver.follow(aYesOf('fay', { properties: { offers: false }, timestamp: iso(Date.now()) }));
    expect(await driver.decide({ ...move, version: 9, overall: 1 })).toEqual(said);
  });

  it('is said in the order of the batch also where some of it is new', async () => {
    await driver.follow(aYesOf('gail'));
    const [old, fresh] = someMoves('gail', 2);
    await driver.decide(old!);
    expect(causesOf(await driver.decide(fresh!, old!))).toEqual([fresh!.cause.activityId, old!.cause.activityId]);
  });

  it('is decided once although it comes twice in one batch, by what was said first', async () => {
    await driver.follow(aYesOf('hana'));
    const move = aFreshMove('hana');
    const elsewhere = { ...move, cause: { ...move.cause, name: 'page.viewed' } };
    expect(await driver.decide(move, elsewhere)).toMatchObject([{ event: 'OfferMade' }]);
  });

  it('is said although the process died before it could the first time', async () => {
    await driver.follow(aYesOf('ida'));
    const moves = someMoves('ida', 2);
    await driver.decideAndDie(...moves);
    const said = await driver.decide(...moves);
    expect(said).toMatchObject([{ event: 'OfferMade' }, { event: 'OfferMade' }]);
    expect(await driver.decide(...moves)).toEqual(said);
  });
});

describe('two processes that are given the same causes', () => {
  it('take one decision each, and say the same', async () => {
    await driver.follow(aYesOf('jane'));
    const moves = someMoves('jane', 3);
    const outcomes = await driver.whileLocked('lock table offers.decision in exclusive mode', 2, () =>
      Promise.allSettled([driver.decide(...moves), other.decide(...moves.toReversed())]),
    );
    const failures = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : []));
    expect(failures).toEqual([expect.objectContaining({ code: 'race', retriable: true })]);
    const [said, saidByOther] = [await driver.decide(...moves), await other.decide(...moves)];
    expect(saidByOther).toEqual(said);
    expect(said.filter(({ event }) => event === 'OfferMade')).toHaveLength(2);
  });
});
