import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CustomerActed } from '@sestante/contracts';
import { anActivity, minutesAfterNoon, user, visitor } from './builders.ts';
import { waysToPublish } from '@sestante/streaming/testing';
import { type Driver, profileDriver } from './driver.ts';

describe.each(waysToPublish)('with a stream that publishes %s', (way) => {
  let driver: Driver;
  beforeAll(async () => {
    driver = await profileDriver(way);
  });
  afterAll(() => driver.close());

  /** All rows that the service stored. */
  const allRows = () =>
    driver.query(
      `select (select json_agg(a order by activity_id) from profile.activity a) as activities,
            (select json_agg(s order by activity_id) from profile.seen s) as seen,
            (select json_agg(f order by member_id, fact) from profile.fact f) as facts,
            (select json_agg(t order by member_id, name) from profile.trait t) as traits,
            (select json_agg(m order by member_id) from profile.member m) as members,
            (select json_agg(c order by link_id) from profile.link c) as links,
            (select json_agg(m order by member_id, moved_at) from profile.moved m) as moves`,
    );

  describe('a batch that is delivered for the first time', () => {
    it('is published in order, each activity with its customer and member', async () => {
      const [first, other, again] = [
        anActivity({ identifiers: [user('bea')] }),
        anActivity({ identifiers: [user('cleo')] }),
        anActivity({ identifiers: [user('bea')] }),
      ];
      const published = await driver.deliver(first, other, again);
      expect(published.map(({ activityId }) => activityId)).toEqual([first, other, again].map((one) => one.activityId));
      expect(published[2]!.customerId).toBe(published[0]!.customerId);
      expect(published[1]!.customerId).not.toBe(published[0]!.customerId);
      const { name, channel, timestamp, receivedAt, properties } = first;
      expect(published[0]).toMatchObject({ name, channel, timestamp, receivedAt, properties });
    });
  });

  describe('a batch that was delivered before', () => {
    it('changes nothing and is published again unchanged, in order', async () => {
      const batch = ['3', '1', '4', '2'].map((messageId) =>
        anActivity({
          messageId: `in-order-${messageId}`,
          identifiers: [user('dora'), visitor('d-1')],
          traits: { plan: messageId },
          timestamp: minutesAfterNoon(Number(messageId)),
        }),
      );
      const published = await driver.deliver(...batch);
      const before = await allRows();
      expect(await driver.deliver(...batch)).toEqual(published);
      expect(await allRows()).toEqual(before);
    });

    it('moves nobody again, also if it brought two customers together', async () => {
      const ada = anActivity({ identifiers: [user('ada')] });
      const click = anActivity({ identifiers: [visitor('a-1')] });
      const login = anActivity({ identifiers: [user('ada'), visitor('a-1')] });
      await driver.deliver(ada, click);
      const [{ customerId }] = (await driver.deliver(login)) as [CustomerActed];
      const before = await allRows();
      const moves = driver.moved.length;
      const published = await driver.deliver(click, login);
      expect(published).toMatchObject([
        { customerId, moves: 1 },
        { customerId, moves: 0 },
      ]);
      expect(await allRows()).toEqual(before);
      expect(driver.moved).toHaveLength(moves);
    });

    it('is published in order also if some of its activities are new', async () => {
      const [old, added] = [1, 2].map((minute) =>
        anActivity({ identifiers: [user('edith')], timestamp: minutesAfterNoon(minute) }),
      );
      await driver.deliver(old!);
      const published = await driver.deliver(added!, old!);
      expect(published.map(({ activityId }) => activityId)).toEqual([added!.activityId, old!.activityId]);
    });

    it('is published also if the process crashed before it published the first time', async () => {
      const batch = [anActivity({ identifiers: [user('fay')] }), anActivity({ identifiers: [user('fay')] })];
      await driver.deliverAndCrash(...batch);
      const published = await driver.deliver(...batch);
      expect(published.map(({ activityId }) => activityId)).toEqual(batch.map(({ activityId }) => activityId));
    });

    it('tells who was moved also if the process crashed before it published the first time', async () => {
      const [account, browser] = [user('finn'), visitor('f-1')];
      const [[signUp], [click]] = [
        await driver.deliver(anActivity({ identifiers: [account] })),
        await driver.deliver(anActivity({ identifiers: [browser] })),
      ];
      const login = anActivity({ identifiers: [account, browser] });
      await driver.deliverAndCrash(login);
      const told = driver.moved.length;
      await driver.deliver(login);
      const moved = { customerId: signUp!.customerId, formerId: click!.customerId };
      const members = [{ memberId: click!.memberId, moves: 1 }];
      const data = expect.objectContaining({ ...moved, members });
      expect(driver.moved.slice(told)).toEqual([
        expect.objectContaining({ event: 'CustomersMerged', key: moved.formerId, data }),
        expect.objectContaining({ event: 'CustomersMerged', key: moved.customerId, data }),
      ]);
    });

    it('is published again with the same instant, also in the year 1', async () => {
      const activity = anActivity({ identifiers: [user('methuselah')], timestamp: '0001-01-01T00:00:00.000Z' });
      const published = await driver.deliver(activity);
      expect(published[0]!.timestamp).toBe('0001-01-01T00:00:00.000Z');
      expect(await driver.deliver(activity)).toEqual(published);
    });
  });

  describe('a message id that its source uses again', () => {
    const first = anActivity({ messageId: 'reused', identifiers: [user('gail')], traits: { plan: 'first' } });
    const second = {
      ...first,
      name: 'order.completed',
      properties: { revenue: 9_999 },
      identifiers: [user('somebody-else'), visitor('new-one')],
      traits: { plan: 'second', city: 'Rome' },
      timestamp: minutesAfterNoon(5),
    };

    it('changes nothing in a later batch, and the first activity is published again', async () => {
      const published = await driver.deliver(first);
      const before = await allRows();
      expect(await driver.deliver(second)).toEqual(published);
      expect(await allRows()).toEqual(before);
    });

    it('changes nothing in the same batch: only the first activity is stored and published', async () => {
      const [one, other] = [first, second].map((activity) => ({
        ...activity,
        messageId: 'reused-in-batch',
        activityId: anActivity({ messageId: 'reused-in-batch' }).activityId,
      }));
      const published = await driver.deliver(one!, other!);
      expect(published).toEqual([expect.objectContaining({ name: first.name, properties: first.properties })]);
      const strangers = await driver.query(`select from profile.member where value = 'somebody-else'`);
      expect(strangers).toEqual([]);
    });

    it('is another activity under another source', async () => {
      const ofTheTill = anActivity({ source: 'till', identifiers: [user('gail')] });
      expect(await driver.deliver(ofTheTill)).toHaveLength(1);
    });
  });

  describe('a different activity with the id of a stored one', () => {
    it('is refused and changes nothing, and the stored activity is published unchanged', async () => {
      const [stored, other] = [1, 2].map((contentHash) =>
        anActivity({ messageId: 'used', contentHash, identifiers: [user('fay')] }),
      );
      const [published] = await driver.deliver(stored!);
      const before = await allRows();
      expect(await driver.deliver(other!)).toEqual([published]);
      expect(driver.refused).toEqual([other]);
      expect(await allRows()).toEqual(before);
    });

    it('is refused also in the same batch; an identical one is not refused', async () => {
      const [first, other] = [1, 2].map((contentHash) => anActivity({ messageId: 'both', contentHash }));
      await driver.deliver(first!, first!, other!);
      expect(driver.refused.filter(({ messageId }) => messageId === 'both')).toEqual([other]);
    });
  });
});
