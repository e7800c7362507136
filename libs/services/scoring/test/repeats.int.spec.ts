import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waysToPublish } from '@sestante/streaming/testing';
import { anActOf, daysAfter, expectSameState } from './builders.ts';
import { type Driver, type Process, type Published, scoringDriver } from './driver.ts';
import { historiesOf } from './histories.ts';

const marks = (published: readonly Published[]) => published.map(({ isMarked }) => isMarked);

describe.each(waysToPublish)('with a stream that publishes %s', (way) => {
  const isTransactional = way === 'with the commit';
  let driver: Driver;
  let other: Process;
  let histories: ReturnType<typeof historiesOf>;
  beforeAll(async () => {
    driver = await scoringDriver(way);
    other = await driver.another();
    histories = historiesOf(driver);
  });
  afterAll(() => driver.close());

  const expectConsistent = async (name: string, activities: number) => {
    expect(await histories.evidenceOf(name)).toHaveLength(activities);
    expectSameState(await histories.storedState(name), await histories.foldedState(name));
  };

  describe('an activity', () => {
    it('is published as new, unless the stream cannot tell', async () => {
      expect(marks(await driver.deliverAll(anActOf('ann')))).toEqual([!isTransactional]);
    });

    it('that is redelivered is published again with its version, marked, and has no effect', async () => {
      const act = anActOf('beth');
      await driver.deliver(act);
      for (const process of [driver, other])
        expect(await process.deliverAll(act)).toMatchObject([{ scores: { version: 1 }, change: {}, isMarked: true }]);
      await expectConsistent('beth', 1);
    });

    it('that its producer published twice takes effect once, also after others', async () => {
      const act = anActOf('cora', { name: 'promise.broken' });
      await driver.deliver(act, anActOf('cora'));
      for (const process of [driver, other]) {
        const [again, next] = await process.deliverRepeats(act, anActOf('cora'));
        expect([again, next]).toMatchObject([{ scores: { version: 1 }, change: {} }, { change: {} }]);
        expect(marks([again!, next!])).toEqual([true, true]);
      }
      await expectConsistent('cora', 4);
    });

    it('that may be a repeat but is not takes effect', async () => {
      const act = anActOf('dora');
      expect(marks(await driver.deliverRepeats(act))).toEqual([true]);
      expect(marks(await driver.deliverRepeats(act))).toEqual([true]);
      await expectConsistent('dora', 1);
    });

    it('that is twice in a batch takes effect once, the second time being a repeat or not', async () => {
      const act = anActOf('ella');
      await driver.deliver(act, act);
      await driver.deliverRepeats(act, act);
      await expectConsistent('ella', 1);
    });

    it.each([
      ['10 years ago', -3_653],
      ['a month ago', -31],
      ['tomorrow', 1],
    ])('of %s is known by the month of its reception, and takes effect once', async (when, days) => {
      const act = anActOf(when, { timestamp: daysAfter(days), receivedAt: daysAfter(0) });
      await driver.deliver(act);
      for (const process of [driver, other]) await process.deliverRepeats(act);
      await expectConsistent(when, 1);
      const [{ partition } = { partition: '' }] = await driver.query<{ partition: string }>(
        'select tableoid::regclass as partition from scoring.activity where activity_id = $1',
        [act.activityId],
      );
      expect(partition).toBe('scoring.activity_y2026m11');
    });

    it('of the last millisecond of a month is known as well', async () => {
      const act = anActOf('fay', { receivedAt: '2026-11-30T23:59:59.999Z' });
      const precise = anActOf('fay', { receivedAt: '2026-11-30T23:59:59.999999Z' });
      await driver.deliver(act, precise);
      await driver.deliverRepeats(act, precise);
      await expectConsistent('fay', 2);
    });

    it('that moves nothing changes nothing when it is repeated', async () => {
      const act = anActOf('gia', { name: 'page.viewed' });
      await driver.deliver(act);
      expect(await driver.deliverRepeats(act)).toMatchObject([{ scores: { version: 0 }, isMarked: true }]);
      await expectConsistent('gia', 0);
    });
  });

  it('a partition that was removed meanwhile is created again, after a retriable error', async () => {
    const act = anActOf('hana', { receivedAt: '2026-01-10T12:00:00.000Z' });
    await driver.deliver(act);
    await driver.query('drop table scoring.activity_y2026m01');
    const next = anActOf('hana', { receivedAt: '2026-01-11T12:00:00.000Z' });
    await expect(driver.deliver(next)).rejects.toMatchObject({ code: 'missing-partition', retriable: true });
    await driver.deliver(next);
    expect(await histories.evidenceOf('hana')).toMatchObject([{ activityId: next.activityId }]);
  });
});
