import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CustomerErased, open, topics } from '@sestante/contracts';
import type { Message } from '@sestante/streaming';
import { waysToPublish } from '@sestante/streaming/testing';
import { randomUUID } from 'node:crypto';
import { readTotals } from '../src/store/totals.ts';
import { aMerge, aMove, idOf, iso } from './builders.ts';
import { type Driver, offersDriver, type Process } from './driver.ts';

/** A coupon that was denied just now to a member that is a customer of its own. */
const deniedTo = (member: string, over: Parameters<typeof aMove>[1] = {}) =>
  aMove(member, { memberId: idOf(member), timestamp: iso(Date.now()), ...over });
/** The erasure of a customer with these members, the first of which gives it its id. */
const anErasureOf = (...members: [string, ...string[]]): CustomerErased => ({
  erasureId: randomUUID(),
  customerId: idOf(members[0]),
  members: members.map(idOf),
  erasedAt: iso(Date.now()),
});
const resultIn = (messages: readonly Message[]) => open(topics.erasureResults, messages.at(-1)!).data;

describe.each(waysToPublish)('with a stream that publishes %s', (way) => {
  let driver: Driver;
  let other: Process;
  beforeAll(async () => {
    driver = await offersDriver({ way });
    other = await driver.another();
  });
  afterAll(() => driver.close());

  const storedOf = (...members: string[]) =>
    driver.query<{ of: string }>(
      `select 'decision' as of from offers.decision where member_id = any($1) union all
       select 'offer' from offers.offer where member_id = any($1)`,
      [members.map(idOf)],
    );

  describe('an erasure', () => {
    it('deletes decisions and offers of all members, nothing of others, and no totals', async () => {
      await driver.decide(deniedTo('ada'), deniedTo('card', { customerId: idOf('ada'), moves: 1 }), deniedTo('bea'));
      const totals = await readTotals(driver.dataSource);
      const erasure = anErasureOf('ada', 'card', 'never seen');
      const messages = await driver.erase(erasure);
      expect(await storedOf('ada', 'card', 'never seen')).toEqual([]);
      expect(await storedOf('bea')).toEqual([{ of: 'decision' }, { of: 'offer' }]);
      expect(await readTotals(driver.dataSource)).toEqual(totals);
      expect(open(topics.offers, messages[0]!)).toMatchObject({ event: 'CustomerErased', data: erasure });
      expect(resultIn(messages)).toMatchObject({
        ...{ erasureId: erasure.erasureId, service: 'offers', part: 0 },
        removed: [
          { what: 'decisions', count: 2 },
          { what: 'offers', count: 2 },
          { what: 'dead letters', count: 0 },
        ],
      });
    });

    it('that is read again changes nothing, and says the same', async () => {
      await driver.decide(deniedTo('cleo'));
      const erasure = anErasureOf('cleo');
      const { removed } = resultIn(await driver.erase(erasure));
      for (const process of [driver, other]) expect(resultIn(await process.erase(erasure)).removed).toEqual(removed);
    });
  });

  describe('a message about an erased member that is read later', () => {
    it('leads to no decision, whichever customer it names', async () => {
      await driver.erase(anErasureOf('dora', 'tablet'));
      const late = [deniedTo('dora'), deniedTo('tablet'), deniedTo('tablet', { customerId: idOf('shop'), moves: 3 })];
      const published = await other.decide(...late, deniedTo('shop'));
      expect(published).toMatchObject([{ event: 'OfferMade', data: { customerId: idOf('shop') } }]);
      expect(await storedOf('dora', 'tablet')).toEqual([]);
    });

    it('brings no member back by a merge', async () => {
      await driver.erase(anErasureOf('emma'));
      await driver.decide(...aMerge('emma', 'shop', { emma: 9 }));
      expect(await driver.decide(deniedTo('emma', { customerId: idOf('shop'), moves: 9 }))).toEqual([]);
    });

    it('changes the status of no offer', async () => {
      await driver.decide(deniedTo('fay'));
      const [{ code }] = (await driver.query<{ code: string }>('select code from offers.offer where member_id = $1', [
        idOf('fay'),
      ])) as [{ code: string }];
      await driver.erase(anErasureOf('fay'));
      await driver.decide(deniedTo('fay', { name: 'offer.redeemed', properties: { code } }));
      expect(driver.missing.map(({ offer }) => offer)).toContain(code);
    });
  });
});
