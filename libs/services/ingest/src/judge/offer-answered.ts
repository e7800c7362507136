import { readCode, readOfferId } from '@sestante/offer-policy';
import type { Fault } from './fault.ts';

type Properties = Readonly<Record<string, unknown>>;

const answers = new Set(['offer.seen', 'offer.accepted', 'offer.dismissed', 'offer.redeemed', 'offer.refused']);

/**
 * Which offer an answer to one is about: its id and its code as Sestante gave them out, however they were typed. An answer to nothing that can be
 * an offer of ours is a fault: it would look as if an offer had been redeemed that stays open.
 */
export function offerAnswered(name: string, properties: Properties): { readonly properties: Properties } | Fault {
  if (!answers.has(name)) return { properties };
  const { code: typed, offer_id: given, ...rest } = properties;
  const code = typeof typed === 'string' ? readCode(typed) : undefined;
  const id = typeof given === 'string' ? readOfferId(given) : undefined;
  if (code === undefined && id === undefined)
    return {
      code: 'offer-unclear',
      reason: `${name} needs offer_id or code, as Sestante gave them out: a code has ten digits and letters`,
    };
  return { properties: { ...rest, ...(id && { offer_id: id }), ...(code && { code }) } };
}
