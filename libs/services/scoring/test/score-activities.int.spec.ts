import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { waysToPublish } from '@sestante/streaming/testing';
import { anActOf, daysAfter, expectSameState, idOf, noon } from './builders.ts';
import { type Driver, type Process, scoringDriver } from './driver.ts';
import { historiesOf } from './histories.ts';

describe.each(waysToPublish)('with a stream that publishes %s', (way) => {
  let driver: Driver;
  let other: Process;
  let histories: ReturnType<typeof historiesOf>;
  beforeAll(async () => {
    driver = await scoringDriver(way);
    other = await driver.another();
    histories = historiesOf(driver);
  });
  afterAll(() => driver.close());

  const allRows = () =>
    driver.query(
      `select (select json_agg(e order by activity_id) from scoring.activity e) as evidence,
            (select json_agg(m order by member_id) from scoring.member m) as members`,
    );

  describe('a batch', () => {
    it('is published in order', async () => {
      const batch = ['bea', 'cleo', 'bea'].map((name) => anActOf(name));
      const published = await driver.deliver(...batch);
      expect(published.map(({ cause }) => cause.activityId)).toEqual(batch.map(({ activityId }) => activityId));
    });

    it('uses the first one of two activities with the same id', async () => {
      const first = anActOf('dora');
      await driver.deliver(first, { ...first, name: 'promise.broken' });
      const evidence = await driver.query('select name from scoring.activity where activity_id = $1', [
        first.activityId,
      ]);
      expect(evidence).toEqual([{ name: 'promise.kept' }]);
    });

    it('stores neither evidence nor state if a part of it fails', async () => {
      await driver.query('alter table scoring.member add constraint broken check (version < 0) not valid');
      const before = await allRows();
      await expect(driver.deliver(anActOf('edith'))).rejects.toThrow('broken');
      expect(await allRows()).toEqual(before);
      await driver.query('alter table scoring.member drop constraint broken');
    });
  });

  describe('a batch that was delivered before', () => {
    const batch = [1, 2, 3].map((day) => anActOf('fay', { name: 'promise.broken', timestamp: daysAfter(-day) }));

    it('changes nothing, and is published again with the same versions', async () => {
      const published = await driver.deliver(...batch);
      const before = await allRows();
      const again = await driver.deliver(...batch);
      expect(again.map(({ version }) => version)).toEqual(published.map(({ version }) => version));
      expect(again.at(-1)!.elements).toEqual(published.at(-1)!.elements);
      expect(await allRows()).toEqual(before);
    });

    it('is published also if the process crashed before it published the first time', async () => {
      const act = anActOf('gail');
      await driver.deliverAndCrash(act);
      expect(await driver.deliver(act)).toMatchObject([{ version: 1, cause: { activityId: act.activityId } }]);
    });
  });

  describe('a member that changes to another customer', () => {
    it('keeps its evidence', async () => {
      const before = anActOf('visitor');
      await driver.deliver(before, anActOf('ella'));
      await driver.deliver(anActOf('ella', { memberId: before.memberId, moves: 1 }));
      expect(await histories.evidenceOf('ella')).toHaveLength(3);
      expectSameState(await histories.storedState('ella'), await histories.foldedState('ella'));
    });
  });

  describe('two processes', () => {
    const settled = (outcomes: PromiseSettledResult<unknown>[]) =>
      outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as Error] : []));

    it('with the same activities store their evidence once, in any order', async () => {
      const batch = Array.from({ length: 20 }, () => anActOf('hana'));
      const failures = settled(
        await driver.whileLocked('lock table scoring.activity in exclusive mode', 2, () =>
          Promise.allSettled([driver.deliver(...batch), other.deliver(...batch.toReversed())]),
        ),
      );
      expect(failures).toEqual([]);
      expect(await histories.evidenceOf('hana')).toHaveLength(20);
      expectSameState(await histories.storedState('hana'), await histories.foldedState('hana'));
    });

    it('with different activities of one member lose none of them', async () => {
      await driver.deliver(anActOf('ida'));
      const [one, another] = [anActOf('ida'), anActOf('ida', { name: 'promise.broken' })];
      await driver.whileLocked('lock table scoring.member in exclusive mode', 2, () =>
        Promise.all([driver.deliver(one), other.deliver(another)]),
      );
      expectSameState(await histories.storedState('ida'), await histories.foldedState('ida'));
    });
  });

  describe('any history of a customer', () => {
    const act = fc.record({
      member: fc.nat({ max: 2 }),
      name: fc.constantFrom(
        'promise.kept',
        'promise.broken',
        'queue.waited',
        'order.completed',
        'delivery.arrived',
        'page.viewed',
      ),
      channel: fc.constantFrom('web', 'mobile', 'store', 'service', 'other'),
      at: fc.date({ min: new Date('0001-01-01T00:00:00.000Z'), max: new Date(noon), noInvalidDate: true }),
      properties: fc.record({
        minutes: fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.string(), fc.constant(null)),
        days_late: fc.oneof(fc.double({ min: 0, max: 9, noNaN: true }), fc.boolean()),
      }),
    });

    it('results in a state that equals the fold over the evidence', async () => {
      let run = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(act, { minLength: 1, maxLength: 8 }), { maxLength: 4 }), async (batches) => {
          const name = `customer ${++run}`;
          for (const batch of batches) {
            const acted = batch.map(({ member, at, ...rest }) =>
              anActOf(name, { ...rest, memberId: idOf(`${name} ${member}`), timestamp: at.toISOString() }),
            );
            await driver.deliver(...acted);
          }
          expectSameState(await histories.storedState(name), await histories.foldedState(name));
        }),
        { numRuns: 15 },
      );
    });
  });
});
