import { readCode } from '@sestante/offer-policy';
import type { Fault } from './time/activity-time.ts';

type Properties = Readonly<Record<string, unknown>>;

const answers = new Set(['offer.seen', 'offer.accepted', 'offer.dismissed', 'offer.redeemed', 'offer.refused']);
const uuid = /^\s*\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?\s*$/i;

/**
 * Which offer an answer to one is about: its id and its code as Sestante gave them out, however they were typed. An answer to nothing that can be
 * an offer of ours is a fault: it would look as if an offer had been redeemed that stays open.
 */
export function offerAnswered(name: string, properties: Properties): { readonly properties: Properties } | Fault {
  if (!answers.has(name)) return { properties };
  const { code: typed, offer_id: given, ...rest } = properties;
  const code = typeof typed === 'string' ? readCode(typed) : undefined;
  const [, id] = typeof given === 'string' ? (uuid.exec(given) ?? []) : [];
  if (code === undefined && id === undefined)
    return {
      code: 'offer-unclear',
      reason: `${name} needs offer_id or code, as Sestante gave them out: a code has ten digits and letters`,
    };
  return { properties: { ...rest, ...(id && { offer_id: id.toLowerCase() }), ...(code && { code }) } };
}
