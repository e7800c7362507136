import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CustomerActed } from '@sestante/contracts';
import type { Identifier } from '@sestante/identity';
import { waysToPublish } from '@sestante/streaming/testing';
import fc from 'fast-check';
import { anActivity, card, minutesAfterNoon, user, visitor } from './builders.ts';
import { type Driver, type Process, profileDriver } from './driver.ts';

describe.each(waysToPublish)('the standing of a customer, with a stream that publishes %s', (way) => {
  let driver: Driver;
  let other: Process;
  beforeAll(async () => {
    driver = await profileDriver(way);
    other = await driver.another();
  });
  afterAll(() => driver.close());

  const anActOf = (name: string, over: Parameters<typeof anActivity>[0] = {}) =>
    anActivity({ identifiers: [user(`${way} ${name}`)], ...over });
  const aYesOf = (name: string, over: Parameters<typeof anActivity>[0] = {}) =>
    anActOf(name, { name: 'consent.updated', properties: { offers: true, personalisation: true }, ...over });
  const aNoOf = (name: string, over: Parameters<typeof anActivity>[0] = {}) =>
    anActOf(name, { name: 'message.unsubscribed', properties: {}, ...over });
  const standingOf = async (name: string, process: Process = driver) =>
    (await process.deliver(anActOf(name))).at(-1)!.standing;

  it('is published with each activity, as it is after the activity', async () => {
    const published = await driver.deliver(
      anActOf('ada'),
      aYesOf('ada'),
      anActOf('ada'),
      anActOf('ada', { name: 'promise.broken', properties: {} }),
      aNoOf('ada', { timestamp: minutesAfterNoon(1) }),
      anActOf('ada'),
    );
    expect(published.map(({ standing: { offers, openApology } }) => [offers, openApology])).toEqual([
      ['unknown', false],
      ['granted', false],
      ['granted', false],
      ['granted', true],
      ['denied', true],
      ['denied', true],
    ]);
  });

  it('is stored across batches and processes', async () => {
    await driver.deliver(aYesOf('bea'), anActOf('bea', { name: 'payment.difficulty_reported', properties: {} }));
    expect(await standingOf('bea', other)).toEqual({
      offers: 'granted',
      personalisation: 'granted',
      inDifficulty: true,
      openApology: false,
      preferences: {},
    });
  });

  it('has the latest preferences', async () => {
    const preferring = (properties: Record<string, unknown>, minutes: number) =>
      anActOf('cleo', { name: 'preferences.updated', properties, timestamp: minutesAfterNoon(minutes) });
    await driver.deliver(preferring({ media: ['mail', 'push'], language: 'it' }, 1), preferring({ language: 'de' }, 0));
    expect((await standingOf('cleo')).preferences).toEqual({ media: ['mail', 'push'], language: 'it' });
  });

  it('combines the values of all members', async () => {
    const [phone, account] = [card(`${way} 4711 0001`), user(`${way} dora`)];
    const [{ customerId }] = (await driver.deliver(aYesOf('dora', { identifiers: [account] }))) as [CustomerActed];
    await driver.deliver(aNoOf('dora', { identifiers: [account, phone], timestamp: minutesAfterNoon(1) }));
    const [published] = await driver.deliver(anActOf('dora', { identifiers: [phone] }));
    expect(published).toMatchObject({ customerId, standing: { offers: 'denied' } });
  });

  it('is that of both after two customers were brought together, and in the same batch', async () => {
    const [account, browser] = [user(`${way} erin`), visitor(`${way} erin`)];
    await driver.deliver(aYesOf('erin'));
    await driver.deliver(
      anActOf('erin', { identifiers: [browser], name: 'payment.difficulty_reported', properties: {} }),
    );
    const login = anActOf('erin', { identifiers: [account, browser] });
    const published = await driver.deliver(anActOf('erin'), login, anActOf('erin', { identifiers: [browser] }));
    const standing = expect.objectContaining({ offers: 'granted', inDifficulty: true });
    const [{ customerId }] = published as [CustomerActed];
    expect(published).toEqual(published.map((one) => ({ ...one, customerId, standing })));
    expect(await standingOf('erin', other)).toEqual(standing);
  });

  it('goes on with the account when a visitor signs up', async () => {
    const [account, browser] = [user(`${way} hugo`), visitor(`${way} hugo`)];
    const [visit] = await driver.deliver(aYesOf('hugo', { identifiers: [browser] }));
    const [signUp] = await driver.deliver(anActOf('hugo', { identifiers: [account, browser] }));
    expect([visit, signUp]).toMatchObject([{ standing: { offers: 'granted' } }, { standing: { offers: 'granted' } }]);
    expect(await standingOf('hugo', other)).toEqual(signUp!.standing);
  });

  it('is that of each after the device of the one turned out to be of the other', async () => {
    const [first, second, tablet] = [user(`${way} gil`), user(`${way} gus`), visitor(`${way} tablet`)];
    await driver.deliver(anActOf('gil'), anActOf('gus'));
    const onTablet = (account: Identifier, minutes: number) =>
      anActOf('', { identifiers: [account, tablet], timestamp: minutesAfterNoon(minutes) });
    await driver.deliver(onTablet(first, 5), aNoOf('', { identifiers: [tablet], timestamp: minutesAfterNoon(6) }));
    expect(await standingOf('gil')).toMatchObject({ offers: 'denied' });
    await driver.deliver(onTablet(second, 4));
    expect(await standingOf('gil')).toMatchObject({ offers: 'unknown' });
    expect(await standingOf('gus')).toMatchObject({ offers: 'denied' });
  });

  it('is the same for any order and any split into batches; of values with one instant, the denial wins', async () => {
    let run = 0;
    const consents = fc.array(fc.record({ minutes: fc.nat({ max: 3 }), offers: fc.boolean() }), {
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(consents, fc.nat({ max: 6 }), async (order, cut) => {
        const name = `any order ${++run}`;
        const activities = order.map(({ offers, minutes }) =>
          anActOf(name, { name: 'consent.updated', properties: { offers }, timestamp: minutesAfterNoon(minutes) }),
        );
        if (cut > 0) await driver.deliver(...activities.slice(0, cut));
        if (cut < activities.length) await driver.deliver(...activities.slice(cut));
        const last = Math.max(...order.map(({ minutes }) => minutes));
        const isDenied = order.some(({ offers, minutes }) => minutes === last && !offers);
        expect(await standingOf(name)).toMatchObject({ offers: isDenied ? 'denied' : 'granted' });
      }),
      { numRuns: 25 },
    );
  });

  it('has the value with the later instant, however the instant is written', async () => {
    await driver.deliver(
      aNoOf('hana', { timestamp: '2026-11-20T12:00:00.250Z' }),
      aYesOf('hana', { timestamp: '2026-11-20T12:00:00Z' }),
    );
    expect(await standingOf('hana')).toMatchObject({ offers: 'denied' });
  });

  it('changes in one field, and not in the others', async () => {
    await driver.deliver(aYesOf('ida'), anActOf('ida', { name: 'payment.difficulty_reported', properties: {} }));
    await driver.deliver(anActOf('ida', { name: 'promise.broken', properties: {} }));
    expect(await standingOf('ida')).toEqual({
      offers: 'granted',
      personalisation: 'granted',
      inDifficulty: true,
      openApology: true,
      preferences: {},
    });
  });

  it('does not change if an activity is delivered again', async () => {
    const [yes, no] = [aYesOf('edith'), aNoOf('edith', { timestamp: minutesAfterNoon(1) })];
    await driver.deliver(yes, no);
    expect(await driver.deliver(yes)).toMatchObject([{ standing: { offers: 'denied' } }]);
  });

  /** Runs both, with the first one stopped before it writes a standing. */
  const inTurn = <T>(first: () => Promise<T>, second: () => Promise<T>) =>
    driver.inTurn('lock table profile.fact in exclusive mode', first, second);

  it('follows the order in which two batches of one customer are stored', async () => {
    await driver.deliver(aYesOf('fay'));
    const both = await inTurn(
      () => driver.deliver(aNoOf('fay', { timestamp: minutesAfterNoon(1) })),
      () => other.deliver(anActOf('fay')),
    );
    expect(both).toMatchObject([[{ standing: { offers: 'denied' } }], [{ standing: { offers: 'denied' } }]]);
  });

  it('follows that order also if both batches change it', async () => {
    await driver.deliver(aYesOf('gina'));
    const both = await inTurn(
      () => driver.deliver(aNoOf('gina', { timestamp: minutesAfterNoon(1) })),
      () => other.deliver(anActOf('gina', { name: 'promise.broken', properties: {} })),
    );
    expect(both).toMatchObject([
      [{ standing: { offers: 'denied', openApology: false } }],
      [{ standing: { offers: 'denied', openApology: true } }],
    ]);
  });

  it.each(['constructor', '__proto__', 'offer.', 'offer.constructor', 'offer.made', 'offer.redeemed'])(
    'is not affected by an activity called %j with nonsense properties',
    async (name) => {
      const nonsense = { offer_id: { id: 1 }, code: [7], offers: 'maybe' };
      await driver.deliver(anActOf('gail', { name, properties: nonsense }), aYesOf('gail'));
      expect(await standingOf('gail')).toMatchObject({ offers: 'granted' });
    },
  );
});
