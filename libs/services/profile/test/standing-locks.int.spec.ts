import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CustomerActed } from '@sestante/contracts';
import { transaction } from '@sestante/postgres';
import { eventually } from '@sestante/streaming/testing';
import { v7 as uuidv7 } from 'uuid';
import { lockStandings, stripes, stripesOf } from '../src/store/standing-locks.ts';
import { anActivity, minutesAfterNoon, user, visitor } from './builders.ts';
import { type Driver, type Process, profileDriver } from './driver.ts';

const ending = (digits: string) => `0199c0de-0000-7000-8000-0000000000${digits}`;

describe('the stripes of a batch', () => {
  it('are in ascending order, each once', () => {
    const read = ['ff', '00', '7f', '00', '80'].map(ending);
    expect(stripesOf({ read, changed: new Set() }).map(({ stripe }) => stripe)).toEqual([0, 127, 128, 255]);
  });

  it('are exclusive if one of their customers is changed, also if others are only read', () => {
    const [one, sameStripe, other] = [ending('10'), ending('10').replace('0199', '0200'), ending('11')];
    expect(stripesOf({ read: [one, sameStripe, other], changed: new Set([sameStripe]) })).toEqual([
      { stripe: 16, isExclusive: true },
      { stripe: 17, isExclusive: false },
    ]);
  });

  it('do not become more with the number of customers', () => {
    const read = Array.from({ length: 20_000 }, () => uuidv7());
    expect(stripesOf({ read, changed: new Set(read.slice(0, 5)) })).toHaveLength(stripes);
  });
});

describe('the locks', () => {
  let driver: Driver;
  let other: Process;
  beforeAll(async () => {
    driver = await profileDriver();
    other = await driver.another();
  });
  afterAll(() => driver.close());

  const acts = (from: number, count: number, over: Parameters<typeof anActivity>[0] = {}) =>
    Array.from({ length: count }, (_, index) => anActivity({ identifiers: [user(`u-${from + index}`)], ...over }));

  const isWaiting = async () => {
    const waiting = await driver.query(`select from pg_locks where locktype = 'advisory' and not granted`);
    if (waiting.length === 0) throw new Error('The batch does not wait yet.');
  };

  it('of a large batch fit into the lock table many times, and end with its transaction', async () => {
    const read = Array.from({ length: 5_000 }, () => uuidv7());
    const held = () =>
      driver.query<{ mode: string; count: number }>(
        `select mode, count(*)::int as count from pg_locks
          where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database()) group by 1`,
      );
    await Promise.all(
      [driver, other, driver, other].map(({ dataSource }) =>
        transaction(dataSource, async (client) => {
          await lockStandings(client, { read, changed: new Set() });
        }),
      ),
    );
    await transaction(driver.dataSource, async (client) => {
      await lockStandings(client, { read, changed: new Set() });
      expect(await held()).toEqual([{ mode: 'ShareLock', count: stripes }]);
    });
    await transaction(driver.dataSource, async (client) => {
      await lockStandings(client, { read, changed: new Set(read) });
      expect(await held()).toEqual([{ mode: 'ExclusiveLock', count: stripes }]);
    });
    expect(await held()).toEqual([]);
  });

  it('write nothing into the rows of members', async () => {
    await driver.deliver(...acts(0, 20));
    const versions = () => driver.query('select member_id, ctid, xmax from profile.member order by 1');
    const before = await versions();
    await driver.deliver(...acts(0, 20));
    expect(await versions()).toEqual(before);
  });

  it('do not make two batches wait that only read standings', async () => {
    const customers = acts(100, 300);
    await driver.deliver(...customers);
    await transaction(driver.dataSource, async (client) => {
      const read = await driver.query<{ customer_id: string }>('select distinct customer_id from profile.member');
      await lockStandings(client, { read: read.map(({ customer_id }) => customer_id), changed: new Set() });
      expect(await other.deliver(...acts(100, 300))).toHaveLength(300);
    });
  });

  it('make a batch that changes a standing wait for those that read it', async () => {
    const stops = anActivity({ identifiers: [user('u-100')], name: 'message.unsubscribed' });
    let stopping: Promise<unknown> | undefined;
    await transaction(driver.dataSource, async (client) => {
      const read = await driver.query<{ customer_id: string }>('select distinct customer_id from profile.member');
      await lockStandings(client, { read: read.map(({ customer_id }) => customer_id), changed: new Set() });
      stopping = other.deliver(stops);
      await eventually(isWaiting);
      expect(await driver.query(`select from profile.fact where value = 'denied'`)).toEqual([]);
    });
    expect(await stopping).toMatchObject([{ standing: { offers: 'denied' } }]);
  });

  it.each([
    ['that goes on', 0],
    ['that goes up in it', 1],
  ])('make a batch that brings two customers together wait for those that read the one %s', async (what, index) => {
    const [account, browser] = [user(what), visitor(what)];
    const [order, click] = await driver.deliver(
      anActivity({ identifiers: [account] }),
      anActivity({ identifiers: [browser] }),
    );
    const moves = async () => driver.query('select from profile.moved where member_id = $1', [click!.memberId]);
    let linking: Promise<CustomerActed[]> | undefined;
    await transaction(driver.dataSource, async (client) => {
      await lockStandings(client, { read: [[order!, click!][index]!.customerId], changed: new Set() });
      linking = other.deliver(anActivity({ identifiers: [account, browser] }));
      await eventually(isWaiting);
      expect(await moves()).toEqual([]);
    });
    expect(await linking).toMatchObject([{ customerId: order!.customerId }]);
    expect(await moves()).toHaveLength(1);
  });

  it('do not make a batch wait that gives a customer a new member', async () => {
    const [order] = await driver.deliver(anActivity({ identifiers: [user('alone')] }));
    await transaction(driver.dataSource, async (client) => {
      await lockStandings(client, { read: [order!.customerId], changed: new Set() });
      const login = anActivity({ identifiers: [user('alone'), visitor('alone')] });
      expect(await other.deliver(login)).toMatchObject([{ customerId: order!.customerId }]);
    });
  });

  it('do not make batches wait in a circle, whatever they read and change', async () => {
    await driver.deliver(...acts(1_000, 100));
    const third = await driver.another();
    const batches = [driver, other, third].map(async (process, turn) => {
      for (let round = 0; round < 12; round += 1) {
        const batch = acts(1_000, 100, { timestamp: minutesAfterNoon(round) }).map((activity, index) =>
          (index + turn + round) % 7 === 0 ? { ...activity, name: 'message.unsubscribed' } : activity,
        );
        await process.deliver(...(turn === 1 ? batch.toReversed() : batch));
      }
    });
    await Promise.all(batches);
    const stored = `select from profile.member join profile.activity a using (member_id) where value like 'u-10__'`;
    expect(await driver.query(stored)).toHaveLength(100 + 3 * 12 * 100);
  });
});
