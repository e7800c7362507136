import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CustomerErased, open, topics } from '@sestante/contracts';
import type { Message } from '@sestante/streaming';
import { waysToPublish } from '@sestante/streaming/testing';
import { randomUUID } from 'node:crypto';
import { aMerge, anAct, daysAfter, idOf } from './builders.ts';
import { type Driver, type Process, scoringDriver } from './driver.ts';

const actOf = (member: string, over: Parameters<typeof anAct>[0] = {}) =>
  anAct({ customerId: idOf(member), memberId: idOf(member), ...over });
/** The erasure of a customer with these members, the first of which gives it its id. */
const anErasureOf = (...members: [string, ...string[]]): CustomerErased => ({
  erasureId: randomUUID(),
  customerId: idOf(members[0]),
  members: members.map(idOf),
  erasedAt: daysAfter(1),
});
const { type: resultType } = topics.erasureResults.events.ErasureDone;
const resultIn = (messages: readonly Message[]) =>
  open(
    topics.erasureResults,
    messages.find(({ headers }) => headers['ce_type'] === resultType)!,
  ).data;

describe.each(waysToPublish)('with a stream that publishes %s', (way) => {
  let driver: Driver;
  let other: Process;
  beforeAll(async () => {
    driver = await scoringDriver(way);
    other = await driver.another();
  });
  afterAll(() => driver.close());

  const storedOf = (...members: string[]) =>
    driver.query<{ of: string }>(
      `select 'activity' as of from scoring.activity where member_id = any($1) union all
       select 'base' from scoring.base where member_id = any($1) union all
       select 'state' from scoring.member where member_id = any($1) and moves < 2147483647`,
      [members.map(idOf)],
    );
  const countOf = async (member: string) => (await storedOf(member)).filter(({ of }) => of === 'activity').length;

  describe('an erasure', () => {
    it('deletes activities and states of all members, and nothing of others', async () => {
      await driver.deliver(
        actOf('ada'),
        actOf('ada'),
        actOf('card', { customerId: idOf('ada'), moves: 1 }),
        actOf('bea'),
      );
      await driver.query(
        'insert into scoring.audience_member (customer_id, audience_id, transitions, changed_at) values ($1, $2, 1, now()), ($3, $2, 1, now())',
        [idOf('ada'), randomUUID(), idOf('bea')],
      );
      const erasure = anErasureOf('ada', 'card', 'never seen');
      const messages = await driver.erase(erasure);
      expect(await storedOf('ada', 'card', 'never seen')).toEqual([]);
      expect(await countOf('bea')).toBe(1);
      expect(open(topics.scores, messages[0]!)).toMatchObject({ event: 'CustomerErased', data: erasure });
      expect(open(topics.audiences, messages.at(-1)!)).toMatchObject({ event: 'CustomerErased', data: erasure });
      expect(await driver.query('select from scoring.audience_member')).toHaveLength(1);
      expect(resultIn(messages)).toMatchObject({
        ...{ erasureId: erasure.erasureId, service: 'scoring', part: 0 },
        removed: [
          { what: 'activities', count: 3 },
          { what: 'states', count: 2 },
          { what: 'score rows', count: 0 },
          { what: 'memberships of audiences', count: 1 },
          { what: 'dead letters', count: 0 },
        ],
      });
    });

    it('that is read again changes nothing, and says the same', async () => {
      await driver.deliver(actOf('cleo'));
      const erasure = anErasureOf('cleo');
      const { removed } = resultIn(await driver.erase(erasure));
      for (const process of [driver, other]) expect(resultIn(await process.erase(erasure)).removed).toEqual(removed);
    });

    it('of a customer without activities removes nothing, and is remembered', async () => {
      expect(resultIn(await driver.erase(anErasureOf('silent'))).removed[0]).toEqual({ what: 'activities', count: 0 });
      expect(await driver.deliverAll(actOf('silent'))).toEqual([]);
    });
  });

  it('an erasure deletes the activities of a transaction of another partition that is not committed yet', async () => {
    await driver.deliver(actOf('gina'));
    const unfinished = `
      insert into scoring.activity select * from scoring.activity where member_id = '${idOf('gina')}';
      update scoring.member set revision = revision + 1 where member_id = '${idOf('gina')}'`;
    const messages = await driver.whileLocked(unfinished, 1, () => driver.erase(anErasureOf('gina')));
    expect(await storedOf('gina')).toEqual([]);
    expect(resultIn(messages).removed[0]).toEqual({ what: 'activities', count: 2 });
  });

  describe('a message about an erased member that is read later', () => {
    it('has no effect, whichever customer it names', async () => {
      await driver.deliver(actOf('dora'), actOf('shop'));
      await driver.erase(anErasureOf('dora', 'tablet'));
      const late = [actOf('dora'), actOf('tablet'), actOf('tablet', { customerId: idOf('dora'), moves: 3 })];
      const [published] = await driver.deliverAll(...late, actOf('shop'));
      expect(published).toMatchObject({ memberId: idOf('shop') });
      await driver.deliver(...aMerge('dora', 'shop', { dora: 9, tablet: 9 }));
      expect(await storedOf('dora', 'tablet')).toEqual([]);
      expect(await countOf('shop')).toBe(2);
      const [after] = await driver.deliverAll(actOf('shop', { name: 'page.viewed' }));
      expect(after!.scores.elements.trust.confidence).toBeGreaterThan(0);
    });

    it('has none in a process that has the customer in memory', async () => {
      await other.deliver(actOf('emma'), actOf('emma'));
      await driver.erase(anErasureOf('emma'));
      expect(await other.deliverAll(actOf('emma'))).toEqual([]);
      expect(await storedOf('emma')).toEqual([]);
    });

    it('has none in a process that has another customer of the member in memory', async () => {
      await other.deliver(actOf('fay'), actOf('phone of fay', { customerId: idOf('fay'), moves: 1 }));
      const erasure = { ...anErasureOf('phone of fay'), customerId: idOf('another partition') };
      await driver.erase(erasure);
      const late = actOf('phone of fay', { customerId: idOf('fay'), moves: 1 });
      expect(await other.deliverAll(late)).toEqual([]);
      expect(await storedOf('phone of fay')).toEqual([]);
      expect(await countOf('fay')).toBe(1);
    });
  });
});
