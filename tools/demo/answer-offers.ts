import { readApi } from '../sestante/read-api.ts';
import type { Target } from '../sestante/target.ts';
import { findCustomer } from './find-customer.ts';
import { till } from './shop/device.ts';
import type { Dice } from './shop/dice.ts';
import type { Happening } from './shop/happening.ts';
import type { Shopper } from './shop/shopper.ts';
import { happens } from './shop/visit.ts';
import type { Offer } from './story/answers.ts';

/** An offer, and whose it is. */
export interface OwnedOffer {
  readonly shopper: Shopper;
  readonly offer: Offer;
}

/** The offers that these shoppers have. */
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

/** What the shoppers do with their offers: they look, and then take them, wave them away, or show the code at a till, which may refuse it. */
export function answersTo(offers: readonly OwnedOffer[], now: number, dice: Dice): Happening[] {
  return offers.flatMap(({ shopper, offer }) => {
    const onThePhone = { shopper, device: shopper.phone, at: now, dice };
    const atTheTill = { ...onThePhone, device: till(shopper.store) };
    const named = { offer_id: offer.offerId, code: offer.code };
    const ways = [
      () => [happens(onThePhone, 1, 'Offer Accepted', named)],
      () => [happens(onThePhone, 1, 'Offer Dismissed', named)],
      () => [happens(atTheTill, 1, dice.chance(0.8) ? 'Offer Redeemed' : 'Offer Refused', named)],
      () => [],
    ] as const;
    return [happens(onThePhone, 0, 'Offer Seen', named), ...dice.pick(ways)()];
  });
}
