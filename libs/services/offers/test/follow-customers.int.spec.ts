import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OfferMade } from '@sestante/contracts';
import { transaction } from '@sestante/postgres';
import fc from 'fast-check';
import { findStandings } from '../src/store/standings.ts';
import { aCause, aMove, anActOf, aYesOf, idOf, iso, minute, noon } from './builders.ts';
import { type Driver, offersDriver } from './driver.ts';

let driver: Driver;
beforeAll(async () => {
  driver = await offersDriver();
});
afterAll(() => driver.close());

async function standingOf(name: string) {
  const standings = await transaction(driver.dataSource, (client) => findStandings(client, [idOf(name)]));
  return standings.get(idOf(name));
}
const sayingOffers = (name: string, offers: unknown, minutes: number) =>
  anActOf(name, { name: 'consent.updated', properties: { offers }, timestamp: iso(noon + minutes * minute) });

describe('the latest word on a consent', () => {
  it('stands for any order of the words and any split into batches; of words of one instant it is the no', async () => {
    let run = 0;
    const words = fc.array(fc.record({ minutes: fc.nat({ max: 3 }), offers: fc.boolean() }), {
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(words, fc.nat({ max: 6 }), async (order, cut) => {
        const name = `any order ${++run}`;
        const told = order.map(({ offers, minutes }) => sayingOffers(name, offers, minutes));
        await driver.follow(...told.slice(0, cut));
        await driver.follow(...told.slice(cut));
        const last = Math.max(...order.map(({ minutes }) => minutes));
        const isDenied = order.some(({ offers, minutes }) => minutes === last && !offers);
        expect(await standingOf(name)).toMatchObject({ offers: isDenied ? 'denied' : 'granted' });
      }),
      { numRuns: 30 },
    );
  });

  it('is the later one by its instant, not by how the instant is written', async () => {
    const [no, yes] = [
      anActOf('ada', { name: 'message.unsubscribed', timestamp: '2026-11-20T12:00:00.250Z' }),
      aYesOf('ada', { timestamp: '2026-11-20T12:00:00Z' }),
    ];
    await driver.follow(no, yes);
    expect(await standingOf('ada')).toMatchObject({ offers: 'denied' });
  });

  it('comes again without effect', async () => {
    const [yes, no] = [sayingOffers('bea', true, 0), sayingOffers('bea', false, 1)];
    await driver.follow(yes, no);
    await driver.follow(yes);
    expect(await standingOf('bea')).toMatchObject({ offers: 'denied' });
  });

  it('leaves the other facts alone', async () => {
    await driver.follow(aYesOf('cleo'), anActOf('cleo', { name: 'payment.difficulty_reported' }));
    await driver.follow(anActOf('cleo', { name: 'promise.broken' }));
    expect(await standingOf('cleo')).toEqual({
      offers: 'granted',
      personalisation: 'granted',
      inDifficulty: true,
      openApology: true,
    });
  });
});

describe('an activity that nobody expected', () => {
  it.each(['constructor', '__proto__', 'offer.', 'offer.constructor', 'offer.made', 'offer.redeemed'])(
    'called %j with nonsense in it stops nobody',
    async (name) => {
      const nonsense = anActOf('dora', { name, properties: { offer_id: { id: 1 }, code: [7], offers: 'maybe' } });
      await driver.follow(nonsense, aYesOf('dora'));
      expect(await standingOf('dora')).toMatchObject({ offers: 'granted' });
    },
  );
});

describe('the status of an offer', () => {
  let people = 0;
  /** A new customer with an offer. */
  async function anOffer(): Promise<{ name: string; offer: OfferMade }> {
    const name = `customer ${++people}`;
    await driver.follow(aYesOf(name));
    const [said] = await driver.decide(aMove(name, { cause: aCause({ timestamp: iso(Date.now()) }) }));
    return { name, offer: said!.data as OfferMade };
  }
  const answer = (name: string, status: string, properties: object) =>
    anActOf(name, { name: `offer.${status}`, properties: { ...properties } });
  async function statusOf({ offerId }: OfferMade) {
    const [row] = await driver.query<{ status: string }>('select status from offers.offer where offer_id = $1', [
      offerId,
    ]);
    return row!.status;
  }

  it.each(['seen', 'dismissed', 'accepted', 'refused', 'redeemed'])('becomes %s, by id or by code', async (status) => {
    const [one, other] = [await anOffer(), await anOffer()];
    await driver.follow(
      answer(one.name, status, { offer_id: one.offer.offerId }),
      answer(other.name, status, { code: other.offer.code }),
    );
    expect([await statusOf(one.offer), await statusOf(other.offer)]).toEqual([status, status]);
  });

  it('becomes redeemed by a code as people type it', async () => {
    const typings = [
      (code: string) => code.toLowerCase(),
      (code: string) => ` ${code.slice(0, 5)}-${code.slice(5)} `,
      (code: string) => code.replaceAll('0', 'O').replaceAll('1', 'l'),
    ];
    for (const typed of typings) {
      const { name, offer } = await anOffer();
      await driver.follow(answer(name, 'redeemed', { code: typed(offer.code) }));
      expect(await statusOf(offer)).toBe('redeemed');
    }
  });

  it('becomes redeemed by an id as programs write it, and by a code in its place', async () => {
    const writings = [
      ({ offerId }: OfferMade) => offerId.toUpperCase(),
      ({ offerId }: OfferMade) => `{${offerId.toUpperCase()}}`,
      ({ code }: OfferMade) => code.toLowerCase(),
    ];
    for (const written of writings) {
      const { name, offer } = await anOffer();
      await driver.follow(answer(name, 'redeemed', { offer_id: written(offer) }));
      expect(await statusOf(offer)).toBe('redeemed');
    }
  });

  it('is no one’s where the customer has no such offer, which is counted', async () => {
    const { name } = await anOffer();
    const before = driver.missing.length;
    await driver.follow(answer(name, 'redeemed', { code: 'ABCDEFGHJK' }), answer(name, 'seen', { code: '0000000000' }));
    expect(driver.missing.slice(before).map(({ status }) => status)).toEqual(['redeemed', 'seen']);
  });

  it('moves only forward, in any order of the answers and any split into batches', async () => {
    const ranked = ['seen', 'dismissed', 'accepted', 'refused', 'redeemed'];
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(ranked, { minLength: 1 }), fc.nat({ max: 5 }), async (order, cut) => {
        const { name, offer } = await anOffer();
        const answers = order.map((status, index) =>
          answer(name, status, index % 2 ? { code: offer.code } : { offer_id: offer.offerId }),
        );
        await driver.follow(...answers.slice(0, cut));
        await driver.follow(...answers.slice(cut));
        expect(await statusOf(offer)).toBe(ranked.findLast((status) => order.includes(status)));
      }),
      { numRuns: 15 },
    );
  });

  it('is the customer’s own to change', async () => {
    const [{ offer }, { name: stranger }] = [await anOffer(), await anOffer()];
    await driver.follow(
      answer(stranger, 'redeemed', { offer_id: offer.offerId }),
      answer(stranger, 'redeemed', { code: offer.code }),
    );
    expect(await statusOf(offer)).toBe('made');
  });

  it.each([['%'], ["' or true --"], ['00000000-0000-0000-0000-000000000000'], ['']])(
    'is not changed by an answer to %j',
    async (code) => {
      const { name, offer } = await anOffer();
      await driver.follow(answer(name, 'redeemed', { code }));
      expect(await statusOf(offer)).toBe('made');
    },
  );
});
