import type { ActivityScored } from '@sestante/contracts';
import { type Act, may } from '@sestante/identity';
import { readCode, readOfferId } from '@sestante/offer-policy';
import type { Answer } from './store/answers.ts';
import { type Status, statuses } from './store/offers.ts';

/** Whether an activity may be an answer to an offer. */
export const mayAnswer = ({ name }: ActivityScored): boolean => name.startsWith('offer.');

const acts: Partial<Record<Status, Act>> = { redeemed: 'redeem-offer', refused: 'report-failure' };

/**
 * The answer in an activity such as `offer.redeemed`, as a list of one or none. It names the offer by `offer_id` or `code`, in any usual spelling. The word of a
 * page counts only if its browser belongs to the customer, and never for a redemption.
 */
export function answerOf(activity: ActivityScored): Answer[] {
  const { memberId, customerId, moves, name, properties, vouchedBy, isFromOwnBrowser } = activity;
  const status = mayAnswer(activity) ? (name.slice('offer.'.length) as Status) : undefined;
  const named = properties['offer_id'] ?? properties['code'];
  if (!status || !statuses.includes(status) || typeof named !== 'string') return [];
  if (!may(vouchedBy, acts[status] ?? 'answer-offer', isFromOwnBrowser)) return [];
  return [{ memberId, customerId, moves, offer: readOfferId(named) ?? readCode(named) ?? named, status }];
}
