import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CustomerActed } from '@sestante/contracts';
import type { Identifier } from '@sestante/identity';
import { waysToPublish } from '@sestante/streaming/testing';
import { anActivity, mail, minutesAfterNoon, user, visitor } from './builders.ts';
import { type Driver, type Moved, profileDriver } from './driver.ts';

describe.each(waysToPublish)('with a stream that publishes %s', (way) => {
  let driver: Driver;
  beforeAll(async () => {
    driver = await profileDriver(way);
  });
  afterAll(() => driver.close());

  const seenWith = (identifiers: Identifier[], minutes = 0) =>
    anActivity({ identifiers, timestamp: minutesAfterNoon(minutes) });
  const deliverOne = async (...identifiers: Identifier[]) =>
    (await driver.deliver(seenWith(identifiers))) as [CustomerActed];
  /** The moves that `work` publishes. */
  const movesIn = async (work: () => Promise<unknown>): Promise<readonly Moved[]> => {
    const before = driver.moved.length;
    await work();
    return driver.moved.slice(before);
  };
  const textOf = ({ event, key, data: { formerId, customerId, members } }: Moved) =>
    [event, key, formerId, customerId, ...members.map(({ memberId, moves }) => `${memberId}:${moves}`).sort()].join(
      ' ',
    );

  it('new members and known customers move nobody', async () => {
    const work = () => driver.deliver(seenWith([user('ada'), visitor('a-1')]), seenWith([user('ada'), mail('a')]));
    expect(await movesIn(work)).toEqual([]);
    expect(await movesIn(work)).toEqual([]);
  });

  it('a visitor who signs up is merged into the account: readers of both partitions are told, once', async () => {
    const [{ memberId: browser }] = await deliverOne(visitor('b-1'));
    const moves = await movesIn(() => driver.deliver(seenWith([user('bea'), visitor('b-1')])));
    const [{ memberId: account }] = await deliverOne(user('bea'));
    expect(moves.map(textOf)).toEqual(
      [browser, account].map((key) => `CustomersMerged ${key} ${browser} ${account} ${browser}:1`),
    );
    expect(new Set(moves.map(({ id }) => id)).size).toBe(1);
    expect(await movesIn(() => driver.deliver(seenWith([user('bea'), visitor('b-1')])))).toEqual([]);
  });

  it('a browser that turns out to be of another account is split off', async () => {
    const tablet = visitor('c-1');
    const [[{ memberId: cleo }], [{ memberId: dora }]] = [
      await deliverOne(user('cleo')),
      await deliverOne(user('dora')),
    ];
    await driver.deliver(seenWith([user('cleo'), tablet], 5));
    const moves = await movesIn(() => driver.deliver(seenWith([user('dora'), tablet], 4)));
    const [{ memberId, customerId, moves: count }] = await deliverOne(tablet);
    expect([customerId, count]).toEqual([dora, 1]);
    expect(moves.map(textOf)).toEqual([cleo, dora].map((key) => `CustomersSplit ${key} ${cleo} ${dora} ${memberId}:1`));
  });

  it('a customer whose members go to two others is merged into the one that its id leads to', async () => {
    const [phone, laptop] = [visitor('e-1'), visitor('e-2')];
    await driver.deliver(seenWith([mail('e'), phone]), seenWith([mail('e'), laptop], 1));
    const moves = await movesIn(() =>
      driver.deliver(seenWith([user('emil'), mail('e')], 2), seenWith([user('enzo'), laptop], 3)),
    );
    const [[emil], [enzo], [address], [first], [second]] = [
      await deliverOne(user('emil')),
      await deliverOne(user('enzo')),
      await deliverOne(mail('e')),
      await deliverOne(phone),
      await deliverOne(laptop),
    ];
    expect([address, first, second].map((one) => one!.customerId)).toEqual([
      emil!.memberId,
      emil!.memberId,
      enzo!.memberId,
    ]);
    const former = address!.memberId;
    const both = [former, first!.memberId].map((memberId) => `${memberId}:1`).sort();
    expect(moves.map(textOf).sort()).toEqual(
      [
        ...[former, emil!.memberId].map((key) => ['CustomersMerged', key, former, emil!.memberId, ...both].join(' ')),
        ...[former, enzo!.memberId].map(
          (key) => `CustomersSplit ${key} ${former} ${enzo!.memberId} ${second!.memberId}:1`,
        ),
      ].sort(),
    );
  });

  it('a process that crashes before it published leaves that to the next batch, or to the redelivery', async () => {
    const [{ memberId: browser }] = await deliverOne(visitor('f-1'));
    const login = seenWith([user('fay'), visitor('f-1')]);
    const moves = await movesIn(async () => {
      await driver.deliverAndCrash(login);
      await deliverOne(user('somebody else'));
      await driver.deliver(login);
      await driver.deliver(login);
    });
    const [{ memberId: account }] = await deliverOne(user('fay'));
    expect(moves.map(textOf)).toEqual(
      [browser, account].map((key) => `CustomersMerged ${key} ${browser} ${account} ${browser}:1`),
    );
  });
});
