import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { scoresAt } from '@sestante/engagement';
import { waysToPublish } from '@sestante/streaming/testing';
import { anAct, anActOf, expectSameState, idOf } from './builders.ts';
import { partitionOf } from './customers-topic.ts';
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

  /** The trust after a page view, which changes nothing, as the process sees it. */
  async function trustSeenBy(process: Process, name: string, memberId = idOf(`member of ${name}`)) {
    const [message] = await process.deliverAll(anActOf(name, { memberId, name: 'page.viewed' }));
    return { version: message!.scores.version, bond: message!.scores.elements.trust.bond };
  }
  async function storedTrust(name: string) {
    const { model } = driver.live;
    const { bond } = scoresAt(model, await histories.storedState(name), -8.64e15).elements.trust;
    return bond && expect.closeTo(bond, 6);
  }
  async function expectConsistent(name: string, activities: number) {
    expect(await histories.evidenceOf(name)).toHaveLength(activities);
    expectSameState(await histories.storedState(name), await histories.foldedState(name));
  }
  const executions = async (statement: string) => {
    const [row] = await driver.query<{ count: number }>(
      'select (generic_plans + custom_plans)::int as count from pg_prepared_statements where name = $1',
      [statement],
    );
    return row?.count ?? 0;
  };

  /** How often the statements that find members, by customer and by id, are executed. */
  async function readsOf(work: () => Promise<unknown>) {
    const reads = async () => [
      await executions('scoring-find-members'),
      await executions('scoring-find-other-members'),
    ];
    const before = await reads();
    await work();
    return (await reads()).map((count, index) => count - before[index]!);
  }

  describe('a customer of an earlier batch', () => {
    it('is not read again, but a new one is', async () => {
      await driver.deliver(anActOf('nora'));
      expect(await readsOf(() => driver.deliver(anActOf('nora'), anActOf('nora')))).toEqual([0, 0]);
      expect(await readsOf(() => driver.deliver(anActOf('nora'), anActOf('olga')))).toEqual([1, 1]);
      await expectConsistent('nora', 4);
    });

    it('is read by one statement in a process that does not have it in memory', async () => {
      await other.deliver(anActOf('petra'), anActOf('quinn'));
      expect(await readsOf(() => driver.deliver(anActOf('petra'), anActOf('quinn')))).toEqual([1, 0]);
      expect(await readsOf(() => driver.deliver(anActOf('quinn')))).toEqual([0, 0]);
    });
  });

  describe('a customer whom another process has written since', () => {
    it('is read again, also if nothing of it is written', async () => {
      await driver.deliver(anActOf('ann'));
      await other.deliver(anActOf('ann', { name: 'promise.broken' }));
      expect(await trustSeenBy(driver, 'ann')).toEqual({ version: 2, bond: await storedTrust('ann') });
    });

    it('keeps the activities of both, whichever writes', async () => {
      for (const process of [driver, other, driver, driver, other]) await process.deliver(anActOf('beth'));
      await expectConsistent('beth', 5);
      expect((await driver.deliver(anActOf('beth'))).map(({ version }) => version)).toEqual([6]);
    });
  });

  describe('a member that another process has moved, by messages in another partition', () => {
    it('is read again before it is written: no evidence is lost', async () => {
      expect(partitionOf(idOf('cora'))).not.toBe(partitionOf(idOf('ella')));
      const before = anActOf('cora');
      await driver.deliver(before);
      await other.deliver(anActOf('ella', { memberId: before.memberId, moves: 1 }));
      await driver.deliver(anActOf('cora', { name: 'promise.broken' }));
      await expectConsistent('cora', 0);
      await expectConsistent('ella', 3);
    });

    it('is not counted any more for the customer that it left, when another member of it acts', async () => {
      expect(partitionOf(idOf('dora'))).not.toBe(partitionOf(idOf('greta')));
      const second = idOf('second member of dora');
      await driver.deliver(anActOf('dora', { name: 'promise.broken' }), anActOf('dora', { memberId: second }));
      await other.deliver(anActOf('greta', { memberId: idOf('member of dora'), moves: 1 }));
      const [change] = await driver.deliver(anActOf('dora', { memberId: second }));
      expect(change).toMatchObject({ elements: { trust: { bond: await storedTrust('dora') } } });
      await expectConsistent('dora', 2);
      await expectConsistent('greta', 2);
    });

    it('joins a customer that this process has in memory', async () => {
      const moving = anActOf('gia');
      await driver.deliver(anActOf('hope'), moving);
      await driver.deliver(
        anActOf('hope', { memberId: moving.memberId, moves: 1 }),
        anActOf('gia', { memberId: idOf('new') }),
      );
      await expectConsistent('hope', 3);
      await expectConsistent('gia', 1);
      expect(await trustSeenBy(driver, 'gia', idOf('new'))).toMatchObject({ bond: await storedTrust('gia') });
    });
  });

  describe('a member that leaves a customer', () => {
    it('is not counted any more for it, if the next activity of it changes nothing', async () => {
      const [moving, second] = [anActOf('nina', { name: 'promise.broken' }), idOf('second member of nina')];
      await driver.deliver(moving, anActOf('nina', { memberId: second }));
      await driver.deliver(anActOf('otto', { memberId: moving.memberId, moves: 1 }));
      expect(await trustSeenBy(driver, 'nina', second)).toMatchObject({ bond: await storedTrust('nina') });
      await expectConsistent('nina', 1);
    });

    it('is not counted any more for it, if another process moved it and it acts here for a third customer', async () => {
      expect(partitionOf(idOf('pia'))).not.toBe(partitionOf(idOf('vera')));
      const [moving, second] = [anActOf('pia', { name: 'promise.broken' }), idOf('second member of pia')];
      await driver.deliver(moving, anActOf('pia', { memberId: second }));
      await other.deliver(anActOf('vera', { memberId: moving.memberId, moves: 1 }));
      const [, seen] = await driver.deliverAll(
        anActOf('rosa', { memberId: moving.memberId, moves: 2 }),
        anActOf('pia', { memberId: second, name: 'page.viewed' }),
      );
      expect(seen!.scores.elements.trust.bond).toEqual(await storedTrust('pia'));
      await expectConsistent('rosa', 3);
      await expectConsistent('pia', 1);
    });
  });

  describe('a member that two customers have in memory, because another process moved it', () => {
    it('is counted for the customer that it belongs to', async () => {
      expect(partitionOf(idOf('uma'))).not.toBe(partitionOf(idOf('rosa')));
      const [moving, second] = [anActOf('uma', { name: 'promise.broken' }), idOf('second member of uma')];
      await driver.deliver(moving, anActOf('uma', { memberId: second }));
      await other.deliver(anActOf('rosa', { memberId: moving.memberId, moves: 1 }));
      await driver.deliver(anActOf('rosa'));
      const seen = await driver.deliverAll(
        anActOf('rosa', { name: 'page.viewed' }),
        anActOf('uma', { memberId: second, name: 'page.viewed' }),
      );
      const trust = seen.map(({ scores }) => scores.elements.trust.bond);
      expect(trust).toEqual([await storedTrust('rosa'), await storedTrust('uma')]);
      await expectConsistent('uma', 1);
    });
  });

  describe('a new member that two processes find at the same time, for customers in different partitions', () => {
    it('is stored once, with the evidence of both', async () => {
      expect(partitionOf(idOf('sara'))).not.toBe(partitionOf(idOf('tina')));
      const memberId = idOf('a member that nobody knows');
      await driver.whileLocked('lock table scoring.member in exclusive mode', 2, () =>
        Promise.all([driver.deliver(anActOf('sara', { memberId })), other.deliver(anActOf('tina', { memberId }))]),
      );
      const found = [await histories.evidenceOf('sara'), await histories.evidenceOf('tina')];
      expect(found.flat()).toHaveLength(2);
      for (const [index, name] of ['sara', 'tina'].entries()) await expectConsistent(name, found[index]!.length);
    });
  });

  describe('published scores that another process has written', () => {
    it('are read again: no version is used twice', async () => {
      await driver.deliver(anActOf('ida'));
      await other.deliver(anActOf('ida', { memberId: idOf('second member of ida'), name: 'promise.broken' }));
      const [change] = await driver.deliver(anActOf('ida', { name: 'promise.broken' }));
      expect(change).toMatchObject({ version: 3 });
    });

    it('count on if the member that has them leaves: those that stay have them', async () => {
      expect(partitionOf(idOf('wilma'))).not.toBe(partitionOf(idOf('xenia')));
      const moving = anActOf('wilma', { memberId: idOf('moving'), name: 'promise.broken' });
      await driver.deliver(anActOf('wilma'), anActOf('wilma', { memberId: idOf('third') }), moving);
      const published = () =>
        driver.query<{ version: number }>('select version, published from scoring.member where customer_id = $1', [
          idOf('wilma'),
        ]);
      const last = (await published()).find(({ version }) => version === 3);
      await other.deliver(anActOf('xenia'), anActOf('xenia', { memberId: moving.memberId, moves: 1 }));
      expect(await published()).toEqual([last, last]);
      const changes = await driver.deliver(anActOf('wilma'), anActOf('xenia'));
      expect(changes).toMatchObject([{ version: 4 }, { version: 5 }]);
    });

    it('count on for a new member while another process moves the one that has them', async () => {
      const moving = { memberId: idOf('moving from yara') };
      await driver.deliver(anActOf('yara'), anActOf('yara', { ...moving, name: 'promise.broken' }));
      await driver.whileLocked('lock table scoring.member in exclusive mode', 2, () =>
        Promise.all([
          driver.deliver(anActOf('yara', { memberId: idOf('new of yara'), name: 'page.viewed' })),
          other.deliver(anActOf('zoe', { ...moving, moves: 1 })),
        ]),
      );
      const [change] = await other.deliver(anActOf('yara', { memberId: idOf('new of yara') }));
      expect(change).toMatchObject({ version: 3 });
    });
  });

  describe('a member that was deleted meanwhile', () => {
    it('does not come back from memory', async () => {
      await driver.deliver(anActOf('jane'));
      for (const table of ['member', 'activity'])
        await driver.query(`delete from scoring.${table} where member_id = $1`, [idOf('member of jane')]);
      await driver.deliver(anActOf('jane'));
      await expectConsistent('jane', 1);
    });
  });

  describe('a race that does not end', () => {
    it('fails after some tries with a retriable error, and has no effect until then', async () => {
      await driver.deliver(anActOf('kim'));
      await driver.query(`
        create function scoring.skip() returns trigger language plpgsql as 'begin return null; end';
        create trigger skip before update on scoring.member for each row execute function scoring.skip()`);
      const act = anActOf('kim');
      await expect(driver.deliver(act)).rejects.toMatchObject({ code: 'race', retriable: true });
      await driver.query('drop trigger skip on scoring.member; drop function scoring.skip');
      await expectConsistent('kim', 1);
      await driver.deliver(act);
      await expectConsistent('kim', 2);
    });
  });

  describe('a batch that fails', () => {
    it('leaves nothing in memory', async () => {
      await driver.deliver(anActOf('lea'));
      await driver.query('alter table scoring.member add constraint broken check (version < 2) not valid');
      const act = anActOf('lea', { name: 'promise.broken' });
      await expect(driver.deliver(act)).rejects.toThrow('broken');
      await driver.query('alter table scoring.member drop constraint broken');
      expect(await trustSeenBy(driver, 'lea')).toEqual({ version: 1, bond: await storedTrust('lea') });
      await driver.deliver(act);
      await expectConsistent('lea', 2);
    });

    it('takes effect once if the process crashed before it published', async () => {
      const batch = [anActOf('mia'), anActOf('mia', { name: 'promise.broken' })];
      await driver.deliver(anActOf('mia'));
      await driver.deliverAndCrash(...batch);
      for (const process of [driver, other]) {
        const published = await process.deliver(...batch);
        expect(published.map(({ version }) => version)).toEqual([2, 3]);
        await expectConsistent('mia', 3);
      }
    });
  });

  it('a batch of many customers in all partitions takes effect once in both processes', async () => {
    const batch = Array.from({ length: 40 }, (_, index) => anActOf(`customer ${index % 10}`));
    await driver.deliver(anAct({ name: 'page.viewed' }));
    await Promise.all([driver.deliver(...batch), other.deliver(...batch)]);
    for (let customer = 0; customer < 10; customer += 1) await expectConsistent(`customer ${customer}`, 4);
  });
});
