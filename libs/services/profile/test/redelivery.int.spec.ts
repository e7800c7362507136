import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anActivity, minutesAfterNoon, user, visitor } from './builders.ts';
import { waysToPublish } from '@sestante/streaming/testing';
import { type Driver, profileDriver } from './driver.ts';

describe.each(waysToPublish)('with a stream that publishes %s', (way) => {
  let driver: Driver;
  beforeAll(async () => {
    driver = await profileDriver(way);
  });
  afterAll(() => driver.close());

  /** Everything that the service keeps, but for the instants at which it wrote it. */
  const everythingKept = () =>
    driver.query(
      `select (select json_agg(a order by activity_id) from profile.activity a) as activities,
            (select json_agg(t order by member_id, name) from profile.trait t) as traits,
            (select json_agg(i order by kind, value) from profile.identifier i) as identifiers,
            (select json_agg(m order by member_id) from profile.member m) as members,
            (select json_agg(c order by customer_id) from profile.customer c) as customers`,
    );

  describe('a batch that is delivered for the first time', () => {
    it('is published in its order, each activity with its customer and member', async () => {
      const [first, other, again] = [
        anActivity({ identifiers: [user('bea')] }),
        anActivity({ identifiers: [user('cleo')] }),
        anActivity({ identifiers: [user('bea')] }),
      ];
      const said = await driver.deliver(first, other, again);
      expect(said.map(({ activityId }) => activityId)).toEqual([first, other, again].map((one) => one.activityId));
      expect(said[2]!.customerId).toBe(said[0]!.customerId);
      expect(said[1]!.customerId).not.toBe(said[0]!.customerId);
      const { name, channel, timestamp, receivedAt, properties } = first;
      expect(said[0]).toMatchObject({ name, channel, timestamp, receivedAt, properties });
    });
  });

  describe('a batch that was delivered before', () => {
    it('changes nothing and is published again as it was, in its order', async () => {
      const batch = ['3', '1', '4', '2'].map((messageId) =>
        anActivity({
          messageId: `in-order-${messageId}`,
          identifiers: [user('dora'), visitor('d-1')],
          traits: { plan: messageId },
          timestamp: minutesAfterNoon(Number(messageId)),
        }),
      );
      const said = await driver.deliver(...batch);
      const kept = await everythingKept();
      expect(await driver.deliver(...batch)).toEqual(said);
      expect(await everythingKept()).toEqual(kept);
    });

    it('is published in its order also where some of it is new', async () => {
      const [old, fresh] = [1, 2].map((minute) =>
        anActivity({ identifiers: [user('edith')], timestamp: minutesAfterNoon(minute) }),
      );
      await driver.deliver(old!);
      const said = await driver.deliver(fresh!, old!);
      expect(said.map(({ activityId }) => activityId)).toEqual([fresh!.activityId, old!.activityId]);
    });

    it('is published although the process died before it could the first time', async () => {
      const batch = [anActivity({ identifiers: [user('fay')] }), anActivity({ identifiers: [user('fay')] })];
      await driver.deliverAndDie(...batch);
      const said = await driver.deliver(...batch);
      expect(said.map(({ activityId }) => activityId)).toEqual(batch.map(({ activityId }) => activityId));
    });

    it('says the instant of an activity of the year 1 as it said it first', async () => {
      const activity = anActivity({ identifiers: [user('methuselah')], timestamp: '0001-01-01T00:00:00.000Z' });
      const said = await driver.deliver(activity);
      expect(said[0]!.timestamp).toBe('0001-01-01T00:00:00.000Z');
      expect(await driver.deliver(activity)).toEqual(said);
    });
  });

  describe('a message id that its source uses a second time', () => {
    const first = anActivity({ messageId: 'reused', identifiers: [user('gail')], traits: { plan: 'first' } });
    const second = {
      ...first,
      name: 'order.completed',
      properties: { revenue: 9_999 },
      identifiers: [user('somebody-else'), visitor('new-one')],
      traits: { plan: 'second', city: 'Rome' },
      timestamp: minutesAfterNoon(5),
    };

    it('changes nothing in a later batch, and what was said first is said again', async () => {
      const said = await driver.deliver(first);
      const kept = await everythingKept();
      expect(await driver.deliver(second)).toEqual(said);
      expect(await everythingKept()).toEqual(kept);
    });

    it('changes nothing in the same batch: the first stands, and is said once', async () => {
      const [one, other] = [first, second].map((activity) => ({
        ...activity,
        messageId: 'reused-in-batch',
        activityId: anActivity({ messageId: 'reused-in-batch' }).activityId,
      }));
      const said = await driver.deliver(one!, other!);
      expect(said).toEqual([expect.objectContaining({ name: first.name, properties: first.properties })]);
      const strangers = await driver.query(`select from profile.identifier where value = 'somebody-else'`);
      expect(strangers).toEqual([]);
    });

    it('is another activity under another source', async () => {
      const ofTheTill = anActivity({ source: 'till', identifiers: [user('gail')] });
      expect(await driver.deliver(ofTheTill)).toHaveLength(1);
    });
  });

  describe('another activity under the id of one that is kept', () => {
    it('is refused, changes nothing, and what is kept is said as it is', async () => {
      const [kept, other] = [1, 2].map((contentHash) =>
        anActivity({ messageId: 'used', contentHash, identifiers: [user('fay')] }),
      );
      const [said] = await driver.deliver(kept!);
      const before = await everythingKept();
      expect(await driver.deliver(other!)).toEqual([said]);
      expect(driver.refused).toEqual([other]);
      expect(await everythingKept()).toEqual(before);
    });

    it('is refused also where both come in one batch; the same again is not', async () => {
      const [kept, other] = [1, 2].map((contentHash) => anActivity({ messageId: 'both', contentHash }));
      await driver.deliver(kept!, kept!, other!);
      expect(driver.refused.filter(({ messageId }) => messageId === 'both')).toEqual([other]);
    });
  });
});
