import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OfferMade } from '@sestante/contracts';
import fc from 'fast-check';
import { aMove, anActOf, iso } from './builders.ts';
import { type Driver, offersDriver } from './driver.ts';

let driver: Driver;
beforeAll(async () => {
  driver = await offersDriver();
});
afterAll(() => driver.close());

describe('the status of an offer', () => {
  let people = 0;
  /** Creates a customer with an offer. */
  async function anOffer(): Promise<{ name: string; offer: OfferMade }> {
    const name = `customer ${++people}`;
    const [published] = await driver.decide(aMove(name, { timestamp: iso(Date.now()) }));
    return { name, offer: published!.data as OfferMade };
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
    await driver.decide(
      answer(one.name, status, { offer_id: one.offer.offerId }),
      answer(other.name, status, { code: other.offer.code }),
    );
    expect([await statusOf(one.offer), await statusOf(other.offer)]).toEqual([status, status]);
  });

  it('becomes redeemed by a code in any spelling that people type', async () => {
    const spellings = [
      (code: string) => code.toLowerCase(),
      (code: string) => ` ${code.slice(0, 5)}-${code.slice(5)} `,
      (code: string) => code.replaceAll('0', 'O').replaceAll('1', 'l'),
    ];
    for (const spell of spellings) {
      const { name, offer } = await anOffer();
      await driver.decide(answer(name, 'redeemed', { code: spell(offer.code) }));
      expect(await statusOf(offer)).toBe('redeemed');
    }
  });

  it('becomes redeemed by an id in any usual spelling, and by a code in place of the id', async () => {
    const spellings = [
      ({ offerId }: OfferMade) => offerId.toUpperCase(),
      ({ offerId }: OfferMade) => `{${offerId.toUpperCase()}}`,
      ({ code }: OfferMade) => code.toLowerCase(),
    ];
    for (const spell of spellings) {
      const { name, offer } = await anOffer();
      await driver.decide(answer(name, 'redeemed', { offer_id: spell(offer) }));
      expect(await statusOf(offer)).toBe('redeemed');
    }
  });

  it.each([
    ['seen', true, 'seen'],
    ['accepted', true, 'accepted'],
    ['dismissed', false, 'made'],
    ['redeemed', true, 'made'],
    ['refused', true, 'made'],
  ] as const)('by a page: %s, from a browser of the customer: %s, makes it %s', async (status, isOwn, expected) => {
    const { name, offer } = await anOffer();
    const word = { vouchedBy: 'page' as const, ...(isOwn && { isFromOwnBrowser: true as const }) };
    await driver.decide({ ...answer(name, status, { code: offer.code }), ...word });
    expect(await statusOf(offer)).toBe(expected);
  });

  it('does not change if the customer has no such offer; the answer is counted as missing', async () => {
    const { name } = await anOffer();
    const before = driver.missing.length;
    await driver.decide(answer(name, 'redeemed', { code: 'ABCDEFGHJK' }), answer(name, 'seen', { code: '0000000000' }));
    expect(driver.missing.slice(before).map(({ status }) => status)).toEqual(['redeemed', 'seen']);
  });

  it('never changes back, in any order of the answers and any split into batches', async () => {
    const ranked = ['seen', 'dismissed', 'accepted', 'refused', 'redeemed'];
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(ranked, { minLength: 1 }), fc.nat({ max: 5 }), async (order, cut) => {
        const { name, offer } = await anOffer();
        const answers = order.map((status, index) =>
          answer(name, status, index % 2 ? { code: offer.code } : { offer_id: offer.offerId }),
        );
        await driver.decide(...answers.slice(0, cut));
        await driver.decide(...answers.slice(cut));
        expect(await statusOf(offer)).toBe(ranked.findLast((status) => order.includes(status)));
      }),
      { numRuns: 15 },
    );
  });

  it('does not change by the answer of another customer', async () => {
    const [{ offer }, { name: stranger }] = [await anOffer(), await anOffer()];
    await driver.decide(
      answer(stranger, 'redeemed', { offer_id: offer.offerId }),
      answer(stranger, 'redeemed', { code: offer.code }),
    );
    expect(await statusOf(offer)).toBe('made');
  });

  it.each([['%'], ["' or true --"], ['00000000-0000-0000-0000-000000000000'], ['']])(
    'does not change by an answer to %j',
    async (code) => {
      const { name, offer } = await anOffer();
      await driver.decide(answer(name, 'redeemed', { code }));
      expect(await statusOf(offer)).toBe('made');
    },
  );
});
