import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aMove, anActOf, aTemplate, idOf, iso, minute, unknown, yes } from './builders.ts';
import { waysToPublish } from '@sestante/streaming/testing';
import { readTotals } from '../src/store/totals.ts';
import { type Driver, offersDriver, type Process } from './driver.ts';

/** A coupon that was denied just now. The service decides by its own clock. */
const aFreshMove = (name: string, over: Parameters<typeof aMove>[1] = {}) =>
  aMove(name, { timestamp: iso(Date.now()), ...over });
const someMoves = (name: string, count: number) => Array.from({ length: count }, () => aFreshMove(name));
const causesOf = (published: readonly { data: { cause: { activityId: string } } }[]) =>
  published.map(({ data }) => data.cause.activityId);

describe.each(waysToPublish)('with a stream that publishes %s', (way) => {
  const templates = [aTemplate({ caps: { perCustomer: 2, perDays: 30 } })];
  let driver: Driver;
  let other: Process;
  beforeAll(async () => {
    driver = await offersDriver({ templates, way });
    other = await driver.another();
  });
  afterAll(() => driver.close());

  const allRows = () =>
    driver.query(
      `select (select json_agg(d order by decision_id) from offers.decision d) as decisions,
            (select json_agg(o order by offer_id) from offers.offer o) as offers`,
    );

  const rowsOf = async (name: string) => {
    const [rows] = await driver.query<{ decisions: number; offers: number }>(
      `select (select count(*)::int from offers.decision join offers.member using (member_id) where customer_id = $1) as decisions,
              (select count(*)::int from offers.offer join offers.member using (member_id) where customer_id = $1) as offers`,
      [idOf(name)],
    );
    return rows;
  };

  describe('an activity that a template answers', () => {
    it('leads to an offer, which is stored and published', async () => {
      const [published] = await driver.decide(aFreshMove('ada'));
      expect(published).toMatchObject({
        event: 'OfferMade',
        data: { template: 'discount', code: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{10}$/) },
      });
      const stored = await driver.query('select from offers.offer where code = $1', [
        (published!.data as { code: string }).code,
      ]);
      expect(stored).toHaveLength(1);
    });

    it('leads to no offer without consent; the decision is published with its reasons', async () => {
      const [published] = await driver.decide(aFreshMove('bea', { standing: unknown }));
      expect(published).toMatchObject({
        event: 'OfferWithheld',
        data: { reasons: ['discount: consent to offers is unknown; consent to personalisation is unknown'] },
      });
    });

    it('leads to as many offers as the cap allows, within a batch and over batches', async () => {
      const published = [
        ...(await driver.decide(...someMoves('cleo', 3))),
        ...(await driver.decide(aFreshMove('cleo'))),
      ];
      expect(published.map(({ event }) => event)).toEqual(['OfferMade', 'OfferMade', 'OfferWithheld', 'OfferWithheld']);
    });

    it("leads to no offer above the customer's own budget, although its days are longer than those of the shop", async () => {
      const standing = { ...yes, budget: { most: 1, perDays: 60 } };
      await driver.decide(aFreshMove('carla', { standing }));
      const olderBy = (days: number) =>
        driver.query(
          `update offers.offer o set made_at = made_at - make_interval(days => $2) from offers.member m
            where m.member_id = o.member_id and m.customer_id = $1`,
          [idOf('carla'), days],
        );
      await olderBy(59);
      expect(await driver.decide(aFreshMove('carla', { standing }))).toMatchObject([
        {
          event: 'OfferWithheld',
          data: { reasons: [expect.stringContaining('the customer wants at most 1 in 60 days and has got 1')] },
        },
      ]);
      await olderBy(1);
      expect(await driver.decide(aFreshMove('carla', { standing }))).toMatchObject([{ event: 'OfferMade' }]);
    });

    it('is published in the order of the batch', async () => {
      const moves = ['dora', 'nobody', 'dora', 'dora'].map((name) => aFreshMove(name));
      expect(causesOf(await driver.decide(...moves))).toEqual(moves.map(({ activityId }) => activityId));
    });
  });

  describe('a cause with a stored decision', () => {
    it('keeps its decision, which is published again with the same code', async () => {
      const moves = someMoves('edith', 3);
      const published = await driver.decide(...moves);
      const before = await allRows();
      expect(await driver.decide(...moves)).toEqual(published);
      expect(await allRows()).toEqual(before);
    });

    it('keeps its decision also if the consent or the scores have changed since', async () => {
      const move = aFreshMove('fay');
      const published = await driver.decide(move);
      const scores = { ...move.scores, version: 9, overall: 1 };
      expect(await driver.decide({ ...move, standing: { ...yes, offers: 'denied' }, scores })).toEqual(published);
    });

    it('is published in the order of the batch also if some causes are new', async () => {
      const [old, added] = someMoves('gail', 2);
      await driver.decide(old!);
      expect(causesOf(await driver.decide(added!, old!))).toEqual([added!.activityId, old!.activityId]);
    });

    it('is decided once if a batch has it twice, by the first of the two', async () => {
      const move = aFreshMove('hana');
      const elsewhere = { ...move, channel: 'web' as const };
      expect(await driver.decide(move, elsewhere)).toMatchObject([{ event: 'OfferMade' }]);
    });

    it('is published also if the process crashed before it published the first time', async () => {
      const moves = someMoves('ida', 2);
      await driver.decideAndCrash(...moves);
      const published = await driver.decide(...moves);
      expect(published).toMatchObject([{ event: 'OfferMade' }, { event: 'OfferMade' }]);
      expect(await driver.decide(...moves)).toEqual(published);
      expect(await rowsOf('ida')).toEqual({ decisions: 2, offers: 2 });
    });

    it('is published by another process as well, as the same', async () => {
      const [offered, refused] = [aFreshMove('lena'), aFreshMove('lena', { standing: unknown })];
      const published = await driver.decide(offered, refused);
      expect(published.map(({ event }) => event)).toEqual(['OfferMade', 'OfferWithheld']);
      expect(await other.decide(refused, offered)).toEqual(published.toReversed());
      expect(await rowsOf('lena')).toEqual({ decisions: 2, offers: 1 });
    });

    it('is published again as a possible repeat', async () => {
      const moves = someMoves('mona', 2);
      const marks = async () => (await driver.publish(...moves)).map(({ headers }) => headers['possible_repeat']);
      // A stream that publishes after the commit may have published any message before.
      expect(await marks()).toEqual(way === 'with the commit' ? [undefined, undefined] : ['true', 'true']);
      expect(await marks()).toEqual(['true', 'true']);
    });

    it('is counted once', async () => {
      const moves = [...someMoves('quinn', 2), aFreshMove('quinn', { standing: unknown })];
      const before = await readTotals(driver.dataSource);
      await driver.decide(...moves);
      await other.decide(...moves);
      const { decisions, offers } = await readTotals(driver.dataSource);
      expect({ decisions: decisions - before.decisions, offers: offers - before.offers }).toEqual({
        decisions: 3,
        offers: 2,
      });
    });

    it('gets no second offer if nothing tells that it is a repeat, and the activities beside it are decided', async () => {
      const [old, added] = someMoves('rosa', 2);
      const published = await driver.decide(old!);
      const both = await driver.decideUnmarked(old!, added!);
      expect(both.slice(0, 1)).toEqual(published);
      expect(both).toMatchObject([{ event: 'OfferMade' }, { event: 'OfferMade' }]);
      expect(await rowsOf('rosa')).toEqual({ decisions: 2, offers: 2 });
    });

    it('is looked up for a day before it was received, because clocks differ', async () => {
      const move = aFreshMove('nina', { standing: unknown });
      const published = await driver.decide(move);
      const receivedLater = (hours: number) => ({ ...move, receivedAt: iso(Date.now() + hours * 60 * minute) });
      expect(await driver.decide(receivedLater(23))).toEqual(published);
      expect(await rowsOf('nina')).toEqual({ decisions: 1, offers: 0 });
    });
  });

  describe('two processes with the same causes', () => {
    it('make one decision per cause, and publish the same', async () => {
      const moves = someMoves('jane', 3);
      const [published, publishedByOther] = await driver.whileLocked(
        'lock table offers.decision in exclusive mode',
        2,
        () => Promise.all([driver.decide(...moves), other.decide(...moves.toReversed())]),
      );
      expect(publishedByOther.toReversed()).toEqual(published);
      expect(published.filter(({ event }) => event === 'OfferMade')).toHaveLength(2);
      expect(await rowsOf('jane')).toEqual({ decisions: 3, offers: 2 });
    });
  });

  describe('two causes of one customer in different batches', () => {
    it('are both decided, also if both processes decide at once', async () => {
      const moves = someMoves('olga', 4);
      await driver.whileLocked('lock table offers.decision in exclusive mode', 2, () =>
        Promise.all([driver.decide(...moves.slice(0, 2)), other.decide(...moves.slice(2))]),
      );
      expect(await rowsOf('olga')).toEqual({ decisions: 4, offers: 2 });
    });
  });

  describe('an activity that no template answers', () => {
    it('leads to no decision and no message', async () => {
      expect(await driver.decide(anActOf('kim', { timestamp: iso(Date.now()) }))).toEqual([]);
      expect(await driver.query("select from offers.decision where cause->>'name' = $1", ['page.viewed'])).toEqual([]);
    });

    it('is decided if it is delivered again after a template for it was added', async () => {
      const act = anActOf('pam', { timestamp: iso(Date.now()) });
      await driver.decide(act, aFreshMove('pam'));
      templates.push(aTemplate({ template: 'welcome', trigger: { activities: ['page.viewed'] } }));
      expect(await driver.decide(act)).toMatchObject([{ event: 'OfferMade', data: { template: 'welcome' } }]);
    });
  });
});
