import { readCode, readOfferId } from '@sestante/offer-policy';
import type { Fault } from './fault.ts';

type Properties = Readonly<Record<string, unknown>>;

const responses = new Set(['offer.seen', 'offer.accepted', 'offer.dismissed', 'offer.redeemed', 'offer.refused']);

/**
 * Normalises the offer id and the code of a response to an offer, such as a redemption. If neither can be of an offer of Sestante, that is a fault:
 * the offer would stay open although the customer redeemed it.
 */
export function readOfferResponse(name: string, properties: Properties): { readonly properties: Properties } | Fault {
  if (!responses.has(name)) return { properties };
  const { code: typed, offer_id: given, ...rest } = properties;
  const code = typeof typed === 'string' ? readCode(typed) : undefined;
  const id = typeof given === 'string' ? readOfferId(given) : undefined;
  if (code === undefined && id === undefined)
    return {
      code: 'offer-unclear',
      reason: `${name} needs \`offer_id\` or \`code\` of an offer of Sestante; a code has ten digits and letters`,
    };
  return { properties: { ...rest, ...(id && { offer_id: id }), ...(code && { code }) } };
}
