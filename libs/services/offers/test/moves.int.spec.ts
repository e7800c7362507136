import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { open, topics } from '@sestante/contracts';
import { waysToPublish } from '@sestante/streaming/testing';
import fc from 'fast-check';
import { readDecisions } from '../src/store/decisions.ts';
import { readOffers } from '../src/store/offers.ts';
import { aMerge, aMove, anActOf, aSplit, aTemplate, idOf, iso, type MoveMessage, unknown } from './builders.ts';
import { type Driver, offersDriver, partitionOf, type Process, type PublishedEvent } from './driver.ts';

type Over = Parameters<typeof aMove>[1];
/** A coupon that was denied just now to a member that is a customer of its own, unless another customer is given. */
const deniedTo = (member: string, over: Over = {}) =>
  aMove(member, { memberId: idOf(member), timestamp: iso(Date.now()), ...over });
/** The copies of a merge of two customers with one member each, and of the split after it. */
const mergeOf = (from: string, to: string) => aMerge(from, to, { [from]: 1 });
const splitOf = (from: string, to: string) => aSplit(from, to, { [to]: 2 });
/** The activity of a member after it was merged into a customer. */
const memberOf = (customer: string): Over => ({ customerId: idOf(customer), moves: 1 });
const kinds = (published: readonly PublishedEvent[]) => published.map(({ event }) => event);

describe.each(waysToPublish)('with a stream that publishes %s', (way) => {
  let driver: Driver;
  let other: Process;
  beforeAll(async () => {
    driver = await offersDriver({ templates: [aTemplate({ caps: { perCustomer: 2, perDays: 30 } })], way });
    other = await driver.another();
  });
  afterAll(() => driver.close());

  const causesOf = async (name: string) => {
    const decisions = await readDecisions(driver.dataSource, idOf(name), { before: undefined, limit: 100 });
    return decisions.map(({ cause }) => cause.activityId);
  };
  const codesOf = async (name: string) =>
    (await readOffers(driver.dataSource, idOf(name), 100)).map(({ code }) => code).toSorted();
  const membersIn = (...names: string[]) =>
    driver.query('select * from offers.member where member_id = any($1) order by member_id', [names.map(idOf)]);

  describe('the cap of a template', () => {
    it('counts the offers of all members after a merge, and each customer its own after a split', async () => {
      expect(kinds(await driver.decide(deniedTo('ada'), deniedTo('visitor')))).toEqual(['OfferMade', 'OfferMade']);
      await driver.decide(...mergeOf('visitor', 'ada'));
      expect(kinds(await driver.decide(deniedTo('ada'), deniedTo('visitor', memberOf('ada'))))).toEqual([
        'OfferWithheld',
        'OfferWithheld',
      ]);
      await driver.decide(...splitOf('ada', 'visitor'));
      const after = { customerId: idOf('visitor'), moves: 2 };
      const published = await driver.decide(deniedTo('ada'), deniedTo('ada'), deniedTo('visitor', after));
      expect(kinds(published)).toEqual(['OfferMade', 'OfferWithheld', 'OfferMade']);
    });

    it('is not exceeded by two processes that decide at the same time, around the merge and after it', async () => {
      for (let round = 0; round < 10; round += 1) {
        const [account, browser] = [`account ${round}`, `browser ${round}`];
        const own = () => deniedTo(account);
        // In flight when the merge is read: with the former customer, in the partition of that one.
        const late = () => deniedTo(browser);
        await Promise.all([
          driver.decide(late(), late()),
          other.decide(...mergeOf(browser, account)).then(() => other.decide(own(), own())),
        ]);
        await Promise.all([driver.decide(late(), late()), other.decide(own(), own())]);
        expect(await codesOf(account)).toHaveLength(2);
        expect((await causesOf(account)).length).toBe(8);
      }
    });

    it('counts over members also if the merge and the activities are in one batch', async () => {
      const published = await driver.decide(
        deniedTo('bea'),
        deniedTo('guest'),
        ...mergeOf('guest', 'bea'),
        deniedTo('bea'),
        deniedTo('guest', memberOf('bea')),
      );
      expect(kinds(published)).toEqual(['OfferMade', 'OfferMade', 'OfferWithheld', 'OfferWithheld']);
    });
  });

  describe('an activity whose repeat is read first, from the partition of the customer into which its own was merged', () => {
    it('keeps its one decision', async () => {
      const first = deniedTo('early bird');
      await driver.decide(...mergeOf('early bird', 'shop'));
      await driver.decide({ ...first, ...memberOf('shop') });
      const decided = await causesOf('shop');
      for (const process of [driver, other]) await process.decide(first);
      expect(await causesOf('shop')).toEqual(decided);
      expect(decided).toEqual([first.activityId]);
    });
  });

  describe('an activity with the former customer of a moved member', () => {
    it('counts for the present customer, and is published with it', async () => {
      await driver.decide(deniedTo('cleo'), ...mergeOf('caller', 'cleo'));
      const published = await driver.publish(deniedTo('caller'), deniedTo('caller'));
      expect(published.map(({ key }) => key)).toEqual([idOf('cleo'), idOf('cleo')]);
      expect(published.map((message) => open(topics.offers, message))).toMatchObject([
        { event: 'OfferMade', data: { customerId: idOf('cleo') } },
        { event: 'OfferWithheld', data: { customerId: idOf('cleo') } },
      ]);
      expect(await causesOf('cleo')).toHaveLength(3);
    });

    it('keeps its decision when it is read again after a merge, and is published with the present customer', async () => {
      const [made, withheld] = [deniedTo('elsewhere'), deniedTo('elsewhere', { standing: unknown })];
      const before = await driver.decide(made, withheld);
      await driver.decide(...mergeOf('elsewhere', 'edith'));
      for (const process of [driver, other]) {
        const again = await process.decide(made, withheld);
        expect(again).toEqual(
          before.map(({ event, data }) => ({
            event,
            id: expect.anything(),
            data: { ...data, customerId: idOf('edith') },
          })),
        );
      }
      expect(await causesOf('edith')).toHaveLength(2);
    });
  });

  it('an activity with a customer that its member has got by a move that was not read yet moves the member', async () => {
    await driver.decide(deniedTo('fay'), deniedTo('other fay'));
    expect(kinds(await driver.decide(deniedTo('other fay', memberOf('fay'))))).toEqual(['OfferWithheld']);
    const before = await membersIn('other fay');
    await driver.decide(...mergeOf('other fay', 'fay'));
    expect(await membersIn('other fay')).toEqual(before);
  });

  describe('the decisions and offers of a customer', () => {
    it('are those of all members, under the id of any of them, and come back after a split', async () => {
      await driver.decide(deniedTo('gail'), deniedTo('gina', { standing: unknown }), deniedTo('gina'));
      const [ofGail, ofGina] = [await causesOf('gail'), await causesOf('gina')];
      const [codesOfGail, codesOfGina] = [await codesOf('gail'), await codesOf('gina')];
      expect([ofGail.length, ofGina.length]).toEqual([1, 2]);
      await driver.decide(...mergeOf('gina', 'gail'));
      for (const name of ['gail', 'gina']) {
        expect((await causesOf(name)).toSorted()).toEqual([...ofGail, ...ofGina].toSorted());
        expect(await codesOf(name)).toEqual([...codesOfGail, ...codesOfGina].toSorted());
      }
      await driver.decide(...splitOf('gail', 'gina'));
      expect([await causesOf('gail'), await causesOf('gina')]).toEqual([ofGail, ofGina]);
      expect([await codesOf('gail'), await codesOf('gina')]).toEqual([codesOfGail, codesOfGina]);
    });

    it.each([1, 2, 5])('are paged over the members, newest first, with pages of %d', async (limit) => {
      const [one, two] = [`hana ${limit}`, `hugo ${limit}`];
      const moves = [one, two, two, one, two].map((name) => deniedTo(name));
      for (const move of moves) await driver.decide(move);
      await driver.decide(...mergeOf(two, one));
      const seen: string[] = [];
      for (let before: string | undefined; ;) {
        const page = await readDecisions(driver.dataSource, idOf(two), { before, limit });
        seen.push(...page.map(({ cause }) => cause.activityId));
        if (page.length < limit) break;
        before = page.at(-1)!.decisionId;
      }
      expect(seen).toEqual(moves.map(({ activityId }) => activityId).toReversed());
    });
  });

  describe('an answer', () => {
    const answer = (member: string, code: string, over: Over = {}) =>
      anActOf(member, { memberId: idOf(member), name: 'offer.redeemed', properties: { code }, ...over });
    const statusOf = async (code: string) =>
      (await driver.query<{ status: string }>('select status from offers.offer where code = $1', [code]))[0]!.status;
    async function anOfferTo(member: string, over: Over = {}): Promise<string> {
      const [published] = await driver.decide(deniedTo(member, over));
      return (published!.data as { code: string }).code;
    }

    it('of either member works after a merge, also with the former customer, and in the batch of the merge', async () => {
      const [ofIda, ofIvo] = [await anOfferTo('ida'), await anOfferTo('ivo')];
      const next = await anOfferTo('ivo');
      await driver.decide(...mergeOf('ivo', 'ida'), answer('ida', ofIvo));
      await driver.decide(answer('ivo', ofIda, memberOf('ida')), answer('ivo', next));
      expect([await statusOf(ofIda), await statusOf(ofIvo), await statusOf(next)]).toEqual(
        new Array(3).fill('redeemed'),
      );
    });

    it('of the other customer does not work after a split', async () => {
      const code = await anOfferTo('jane');
      await driver.decide(...mergeOf('jane', 'jon'), ...splitOf('jon', 'jane'));
      const missing = driver.missing.length;
      await driver.decide(answer('jon', code));
      expect([await statusOf(code), driver.missing.length]).toEqual(['made', missing + 1]);
      await driver.decide(answer('jane', code, { moves: 2 }));
      expect(await statusOf(code)).toBe('redeemed');
    });
  });

  describe('the messages about moves', () => {
    const eventsIn = async (...copies: MoveMessage[]) =>
      (await driver.publish(...copies)).map((message) => {
        const { event, data } = open(topics.offers, message);
        return { event, key: message.key, data };
      });

    it.each([
      ['both copies', 2],
      ['one of the copies', 1],
    ])('are passed on with both keys if the batch has %s', async (_, count) => {
      const copies = mergeOf(`karl of ${count}`, 'kim');
      expect(await eventsIn(...copies.slice(0, count))).toEqual(copies);
      expect(await eventsIn(...copies)).toEqual(copies);
    });

    it('are passed on in the order of the batch', async () => {
      const published = await driver.publish(deniedTo('lea'), ...splitOf('lea', 'leo'), deniedTo('lea'));
      expect(published.map((message) => open(topics.offers, message).event)).toEqual([
        'OfferMade',
        'CustomersSplit',
        'CustomersSplit',
        'OfferMade',
      ]);
    });
  });

  it('two processes that read the two copies of many merges at the same time move all members, and decide on all', async () => {
    const pairs = Array.from({ length: 200 }, (_, index) => [`one ${index}`, `two ${index}`] as const).filter(
      ([one, two]) => partitionOf(idOf(one)) < 2 && partitionOf(idOf(two)) >= 2,
    );
    const copies = pairs.map(([one, two]) => mergeOf(two, one));
    await driver.whileLocked('lock table offers.member in exclusive mode', 2, () =>
      Promise.all([
        driver.decide(...copies.map(([there]) => there), ...pairs.map(([one]) => deniedTo(one))),
        other.decide(...copies.toReversed().map(([, here]) => here), ...pairs.map(([, two]) => deniedTo(two))),
      ]),
    );
    const members = await membersIn(...pairs.map(([, two]) => two));
    expect(members).toHaveLength(pairs.length);
    for (const member of members) expect(member).toMatchObject({ moves: 1 });
    for (const [one] of pairs) expect(await causesOf(one)).toHaveLength(2);
  });

  it('moves that are read in any order, several times and by two processes end with the one of most moves', async () => {
    const moves = [1, 2, 3, 4].flatMap((count) => aMerge('somebody', `customer ${count}`, { mia: count, max: count }));
    const deliveries = fc.shuffledSubarray([...moves, ...moves], { minLength: 8 });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(deliveries, fc.nat({ max: 8 }), async (order, cut) => {
        const names: Record<string, string> = { [idOf('mia')]: `mia ${++run}`, [idOf('max')]: `max ${run}` };
        const renamed = order.map(({ data, ...move }) => {
          const members = data.members.map(({ memberId, moves }) => ({ memberId: idOf(names[memberId]!), moves }));
          return { ...move, data: { ...data, members } };
        });
        await Promise.all([driver.decide(...renamed.slice(0, cut)), other.decide(...renamed.slice(cut))]);
        const most = Math.max(...order.map(({ data }) => data.members[0]!.moves));
        const last = { customer_id: idOf(`customer ${most}`), moves: most };
        expect(await membersIn(...Object.values(names))).toMatchObject([last, last]);
      }),
      { numRuns: 15 },
    );
  });
});
