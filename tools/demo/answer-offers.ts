import { readApi } from '../sestante/read-api.ts';
import type { Target } from '../sestante/target.ts';
import { findCustomer } from './find-customer.ts';
import { till } from './shop/device.ts';
import type { Random } from './shop/random.ts';
import type { Occurrence } from './shop/occurrence.ts';
import type { Shopper } from './shop/shopper.ts';
import { occurrence } from './shop/visit.ts';
import type { Offer } from './story/answers.ts';

/** An offer with its shopper. */
export interface OwnedOffer {
  readonly shopper: Shopper;
  readonly offer: Offer;
}

/** Reads the offers of these shoppers. */
export async function readOffers(target: Target, shoppers: readonly Shopper[]): Promise<OwnedOffer[]> {
  const found = await Promise.all(
    shoppers.map(async (shopper) => {
      const customerId = await findCustomer(target, shopper);
      const { items } = await readApi<{ items: Offer[] }>(target, `/api/v1/customers/${customerId}/offers`);
      return items.map((offer) => ({ shopper, offer }));
    }),
  );
  return found.flat();
}

/**
 * The reactions of the shoppers to their offers: they see them one after the other, and may accept them, dismiss them, or redeem them at a till, which may refuse the
 * code.
 */
export function reactionsTo(offers: readonly OwnedOffer[], now: number, random: Random): Occurrence[] {
  return offers.flatMap(({ shopper, offer }, index) => {
    const onPhone = { shopper, device: shopper.phone, at: now + index, random };
    const atTill = { ...onPhone, device: till(shopper.store) };
    const identifiers = { offer_id: offer.offerId, code: offer.code };
    const reactions = [
      () => [occurrence(onPhone, 1, 'Offer Accepted', identifiers)],
      () => [occurrence(onPhone, 1, 'Offer Dismissed', identifiers)],
      () => [occurrence(atTill, 1, random.chance(0.8) ? 'Offer Redeemed' : 'Offer Refused', identifiers)],
      () => [],
    ] as const;
    return [occurrence(onPhone, 0, 'Offer Seen', identifiers), ...random.pick(reactions)()];
  });
}
