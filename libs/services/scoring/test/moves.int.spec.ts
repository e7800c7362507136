import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { open, topics } from '@sestante/contracts';
import { scoresAt } from '@sestante/engagement';
import { waysToPublish } from '@sestante/streaming/testing';
import { aMerge, anAct, aSplit, expectSameState, idOf, type MoveMessage } from './builders.ts';
import { partitionOf } from './customers-topic.ts';
import { type Driver, type Process, scoringDriver } from './driver.ts';
import { historiesOf } from './histories.ts';

/** An activity of a member that is a customer of its own, unless another customer is given. */
const actOf = (member: string, over: Parameters<typeof anAct>[0] = {}) =>
  anAct({ customerId: idOf(member), memberId: idOf(member), ...over });
/** The copies of a merge of two customers with one member each, and of the split after it. */
const mergeOf = (from: string, to: string) => aMerge(from, to, { [from]: 1 });
const splitOf = (from: string, to: string) => aSplit(from, to, { [to]: 2 });

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

  async function expectConsistent(name: string, activities: number) {
    expect(await histories.evidenceOf(name)).toHaveLength(activities);
    expectSameState(await histories.storedState(name), await histories.foldedState(name));
  }
  const rowsOf = (...names: string[]) =>
    driver.query(
      'select member_id, customer_id, moves, revision, version from scoring.member where member_id = any($1) order by 1',
      [names.map(idOf)],
    );
  /** The trust that the process publishes with a page view, which changes nothing; and the stored one. */
  async function expectTrustSeenBy(process: Process, name: string) {
    const [message] = await process.deliverAll(actOf(name, { name: 'page.viewed' }));
    const stored = scoresAt(driver.live.model, await histories.storedState(name), -8.64e15).elements.trust.bond;
    expect(message!.scores.elements.trust.bond).toEqual(stored === null ? null : expect.closeTo(stored, 6));
  }

  describe('an activity whose repeat is read first, from the partition of the customer into which its own was merged', () => {
    it('takes effect once, and is published again as a possible repeat', async () => {
      const first = actOf('early bird', { name: 'promise.broken' });
      const repeat = { ...first, customerId: idOf('shop'), moves: 1 };
      await driver.deliver(actOf('shop'), ...mergeOf('early bird', 'shop'));
      await driver.deliverRepeats(repeat);
      for (const process of [driver, other]) {
        const [message] = await process.deliverAll(first);
        expect(message).toMatchObject({ customerId: idOf('shop'), isMarked: true });
      }
      await expectConsistent('shop', 2);
    });
  });

  describe('a merge', () => {
    it('adds up the scores and the evidence, whichever copy is read', async () => {
      for (const copy of [0, 1] as const) {
        const [ada, visitor] = [`ada ${copy}`, `visitor ${copy}`];
        await driver.deliver(actOf(ada), actOf(visitor, { name: 'promise.broken' }));
        await driver.deliver(mergeOf(visitor, ada)[copy]);
        await expectConsistent(ada, 2);
      }
    });

    it('that is redelivered changes nothing, also in another process', async () => {
      await driver.deliver(actOf('bea'), actOf('guest'), ...mergeOf('guest', 'bea'));
      const before = await rowsOf('bea', 'guest');
      for (const process of [driver, other]) await process.deliver(...mergeOf('guest', 'bea'));
      expect(await rowsOf('bea', 'guest')).toEqual(before);
    });

    it('and then a split give both customers theirs back, with the activities of each member in between', async () => {
      await driver.deliver(actOf('cleo'), actOf('caller', { name: 'promise.broken' }));
      await driver.deliver(...mergeOf('caller', 'cleo'));
      await driver.deliver(actOf('caller', { customerId: idOf('cleo'), moves: 1 }));
      await driver.deliver(...splitOf('cleo', 'caller'));
      await expectConsistent('cleo', 1);
      await expectConsistent('caller', 2);
    });

    it('of a member without activities is remembered', async () => {
      await driver.deliver(actOf('dora'), ...mergeOf('unseen', 'dora'));
      await driver.deliver(actOf('unseen'));
      expect((await histories.historyOf('unseen')).customerId).toBe(idOf('dora'));
      await expectConsistent('dora', 2);
    });
  });

  describe('an activity with a former customer', () => {
    it('counts once for the present customer', async () => {
      const act = actOf('elsewhere', { name: 'promise.broken' });
      await driver.deliver(actOf('edith'), ...mergeOf('elsewhere', 'edith'));
      for (const process of [driver, other, driver])
        expect(await process.deliverAll(act)).toMatchObject([{ customerId: idOf('edith'), moves: 1 }]);
      await expectConsistent('edith', 2);
    });

    it('is published with the key of the present customer', async () => {
      await driver.deliver(...mergeOf('other fay', 'fay'));
      const [message] = await driver.publish(actOf('other fay'));
      expect(message).toMatchObject({ key: idOf('fay') });
    });
  });

  describe('the messages about moves', () => {
    const eventsIn = async (...copies: MoveMessage[]) =>
      (await driver.publish(...copies)).map((message) => {
        const { event, data } = open(topics.scores, message);
        return { event, key: message.key, data };
      });

    it.each([
      ['both copies', 2],
      ['one of the copies', 1],
    ])('are passed on with both keys if the batch has %s', async (_, count) => {
      const copies = mergeOf(`gina of ${count}`, 'gail');
      expect(await eventsIn(...copies.slice(0, count))).toEqual(copies);
      expect(await eventsIn(...copies)).toEqual(copies);
    });

    it('are passed on in the order of the batch', async () => {
      const [before, after] = [actOf('hana'), actOf('hana')];
      const published = await driver.publish(before, ...splitOf('hana', 'hugo'), after);
      expect(published.map((message) => open(topics.scores, message).event)).toEqual([
        expect.stringMatching(/Score/),
        'CustomersSplit',
        'CustomersSplit',
        expect.stringMatching(/Score/),
      ]);
    });
  });

  describe('a process with customers in memory that another process has merged', () => {
    it('adds to the merged state', async () => {
      expect(partitionOf(idOf('ida'))).not.toBe(partitionOf(idOf('ivo')));
      await driver.deliver(actOf('ida'), actOf('ivo'));
      await other.deliver(mergeOf('ivo', 'ida')[1]);
      await driver.deliver(actOf('ida', { name: 'promise.broken' }));
      await driver.deliver(actOf('ivo'));
      await expectConsistent('ida', 4);
    });

    it('publishes the merged scores as soon as it has read its copy, also if nothing is written', async () => {
      expect(partitionOf(idOf('jane'))).not.toBe(partitionOf(idOf('jon')));
      await driver.deliver(actOf('jane'), actOf('jon', { name: 'promise.broken' }));
      const [toJane, fromJon] = mergeOf('jon', 'jane');
      await other.deliver(fromJon);
      await driver.deliver(toJane);
      await expectTrustSeenBy(driver, 'jane');
    });

    it('publishes the scores of each after a split, too', async () => {
      expect(partitionOf(idOf('kim'))).not.toBe(partitionOf(idOf('karl')));
      await driver.deliver(actOf('kim'), actOf('karl', { name: 'promise.broken' }), ...mergeOf('karl', 'kim'));
      await driver.deliver(actOf('kim'));
      const [toKarl, fromKim] = splitOf('kim', 'karl');
      await other.deliver(toKarl);
      await driver.deliver(fromKim);
      await expectTrustSeenBy(driver, 'kim');
      await expectConsistent('karl', 1);
    });

    it('finds a late activity that another process has added', async () => {
      expect(partitionOf(idOf('lea'))).not.toBe(partitionOf(idOf('leo')));
      await driver.deliver(actOf('lea'), actOf('leo'), ...mergeOf('leo', 'lea'));
      await driver.deliver(actOf('lea'));
      await other.deliver(actOf('leo', { name: 'promise.broken' }));
      const [change] = await driver.deliver(actOf('lea'));
      expect(change).toMatchObject({ version: 3 });
      const stored = scoresAt(driver.live.model, await histories.storedState('lea'), -8.64e15).elements.trust.bond!;
      expect(change!.elements.trust.bond).toBeCloseTo(stored, 6);
      await expectConsistent('lea', 5);
    });
  });

  describe('two processes', () => {
    it('that read the two copies at the same time move the members once', async () => {
      expect(partitionOf(idOf('mia'))).not.toBe(partitionOf(idOf('max')));
      await driver.deliver(actOf('mia'), actOf('max'));
      const [toMia, fromMax] = mergeOf('max', 'mia');
      await driver.whileLocked('lock table scoring.member in exclusive mode', 2, () =>
        Promise.all([driver.deliver(toMia, actOf('mia')), other.deliver(actOf('max'), fromMax)]),
      );
      expect(await rowsOf('max')).toMatchObject([{ customer_id: idOf('mia'), moves: 1 }]);
      await expectConsistent('mia', 4);
    });

    it('that read the two copies of many merges at the same time move all members, and lose no activity', async () => {
      const pairs = Array.from({ length: 200 }, (_, index) => [`one ${index}`, `two ${index}`] as const).filter(
        ([one, two]) => partitionOf(idOf(one)) < 2 && partitionOf(idOf(two)) >= 2,
      );
      const copies = pairs.map(([one, two]) => mergeOf(two, one));
      await driver.deliver(...pairs.flat().map((name) => actOf(name)));
      await driver.whileLocked('lock table scoring.member in exclusive mode', 2, () =>
        Promise.all([
          driver.deliver(...copies.map(([there]) => there), ...pairs.map(([one]) => actOf(one))),
          other.deliver(...copies.toReversed().map(([, here]) => here), ...pairs.map(([, two]) => actOf(two))),
        ]),
      );
      for (const [one] of pairs) await expectConsistent(one, 4);
    });

    it('lose nothing and give no version twice while one reads late activities', async () => {
      expect(partitionOf(idOf('nora'))).not.toBe(partitionOf(idOf('nils')));
      await driver.deliver(actOf('nora'), actOf('nils'), ...mergeOf('nils', 'nora'));
      const published = await driver.whileLocked('lock table scoring.member in exclusive mode', 2, () =>
        Promise.all([
          driver.deliver(actOf('nora'), actOf('nora', { name: 'promise.broken' })),
          other.deliver(actOf('nils', { name: 'promise.broken' })),
        ]),
      );
      const [next] = await other.deliver(actOf('nora'));
      const versions = [...published.flat(), next!].map(({ version }) => version);
      expect(versions).toEqual([2, 3, 4]);
      await expectConsistent('nora', 6);
    });

    it('keep a new member and a late activity that come at the same time', async () => {
      expect(partitionOf(idOf('pia'))).not.toBe(partitionOf(idOf('paul')));
      await driver.deliver(actOf('pia'), actOf('paul'), ...mergeOf('paul', 'pia'));
      await driver.whileLocked('lock table scoring.member in exclusive mode', 2, () =>
        Promise.all([
          driver.deliver(actOf('new', { customerId: idOf('pia') })),
          other.deliver(actOf('paul', { name: 'promise.broken' })),
        ]),
      );
      await driver.deliver(actOf('new', { customerId: idOf('pia') }));
      await expectTrustSeenBy(driver, 'pia');
      await expectConsistent('pia', 5);
    });
  });
});
