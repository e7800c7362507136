import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aMove, anActOf, aTemplate, iso, unknown, yes } from './builders.ts';
import { waysToPublish } from '@sestante/streaming/testing';
import { type Driver, offersDriver, type Process } from './driver.ts';

/** A coupon that was denied just now: the service decides by its own clock. */
const aFreshMove = (name: string, over: Parameters<typeof aMove>[1] = {}) =>
  aMove(name, { timestamp: iso(Date.now()), ...over });
const someMoves = (name: string, count: number) => Array.from({ length: count }, () => aFreshMove(name));
const causesOf = (said: readonly { data: { cause: { activityId: string } } }[]) =>
  said.map(({ data }) => data.cause.activityId);

describe.each(waysToPublish)('with a stream that publishes %s', (way) => {
  let driver: Driver;
  let other: Process;
  beforeAll(async () => {
    driver = await offersDriver({ templates: [aTemplate({ caps: { perCustomer: 2, perDays: 30 } })], way });
    other = await driver.another();
  });
  afterAll(() => driver.close());

  const everythingKept = () =>
    driver.query(
      `select (select json_agg(d order by decision_id) from offers.decision d) as decisions,
            (select json_agg(o order by offer_id) from offers.offer o) as offers`,
    );

  describe('an activity that a template answers', () => {
    it('leads to an offer, which is kept and said', async () => {
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
      const [said] = await driver.decide(aFreshMove('bea', { standing: unknown }));
      expect(said).toMatchObject({
        event: 'OfferWithheld',
        data: { reasons: ['discount: consent to offers is unknown; consent to personalisation is unknown'] },
      });
    });

    it('leads to as many offers as the cap allows, within a batch and over batches', async () => {
      const said = [...(await driver.decide(...someMoves('cleo', 3))), ...(await driver.decide(aFreshMove('cleo')))];
      expect(said.map(({ event }) => event)).toEqual(['OfferMade', 'OfferMade', 'OfferWithheld', 'OfferWithheld']);
    });

    it('is said in the order of the batch', async () => {
      const moves = ['dora', 'nobody', 'dora', 'dora'].map((name) => aFreshMove(name));
      expect(causesOf(await driver.decide(...moves))).toEqual(moves.map(({ activityId }) => activityId));
    });
  });

  describe('a cause that was decided', () => {
    it('keeps its decision, which is said again with the same code', async () => {
      const moves = someMoves('edith', 3);
      const said = await driver.decide(...moves);
      const kept = await everythingKept();
      expect(await driver.decide(...moves)).toEqual(said);
      expect(await everythingKept()).toEqual(kept);
    });

    it('keeps its decision also when the customer has said no since, or the scores have moved on', async () => {
      const move = aFreshMove('fay');
      const said = await driver.decide(move);
      const scores = { ...move.scores, version: 9, overall: 1 };
      expect(await driver.decide({ ...move, standing: { ...yes, offers: 'denied' }, scores })).toEqual(said);
    });

    it('is said in the order of the batch also where some of it is new', async () => {
      const [old, fresh] = someMoves('gail', 2);
      await driver.decide(old!);
      expect(causesOf(await driver.decide(fresh!, old!))).toEqual([fresh!.activityId, old!.activityId]);
    });

    it('is decided once although it comes twice in one batch, by what was said first', async () => {
      const move = aFreshMove('hana');
      const elsewhere = { ...move, channel: 'web' as const };
      expect(await driver.decide(move, elsewhere)).toMatchObject([{ event: 'OfferMade' }]);
    });

    it('is said although the process died before it could the first time', async () => {
      const moves = someMoves('ida', 2);
      await driver.decideAndDie(...moves);
      const said = await driver.decide(...moves);
      expect(said).toMatchObject([{ event: 'OfferMade' }, { event: 'OfferMade' }]);
      expect(await driver.decide(...moves)).toEqual(said);
    });
  });

  describe('two processes that are given the same causes', () => {
    it('take one decision each, and say the same', async () => {
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

  describe('an activity that no template answers', () => {
    it('leads to no decision and no message', async () => {
      expect(await driver.decide(anActOf('kim', { timestamp: iso(Date.now()) }))).toEqual([]);
      expect(await driver.query("select from offers.decision where cause->>'name' = $1", ['page.viewed'])).toEqual([]);
    });
  });
});
