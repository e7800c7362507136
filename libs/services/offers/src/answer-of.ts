import type { ActivityScored } from '@sestante/contracts';
import { readCode, readOfferId } from '@sestante/offer-policy';
import { type Answer, type Status, statuses } from './store/offers.ts';

/** The answer in an activity such as `offer.redeemed`, as a list of one or none. It names the offer by `offer_id` or `code`, in any usual spelling. */
export function answerOf({ customerId, name, properties }: ActivityScored): Answer[] {
  const status = name.startsWith('offer.') ? (name.slice('offer.'.length) as Status) : undefined;
  const named = properties['offer_id'] ?? properties['code'];
  if (!status || !statuses.includes(status) || typeof named !== 'string') return [];
  return [{ customerId, offer: readOfferId(named) ?? readCode(named) ?? named, status }];
}
