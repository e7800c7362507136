import { bareName, nameOfTitle, type Violation } from '@sestante/contracts';
import { readCode, readOfferId } from '@sestante/offer-policy';
import { isOptOut } from './consent/opt-out-names.ts';
import type { TrackingEvent } from './tracking-event.ts';

type Properties = Readonly<Record<string, unknown>>;

const ours = /^[a-z0-9_]+\.[a-z0-9_]+$/;
const fixed = {
  page: 'page.viewed',
  screen: 'screen.viewed',
  identify: 'customer.identified',
  group: 'group.joined',
  alias: 'customer.aliased',
};

/** Our name of what an event tells, `object.action`; undefined for a track event without a usable name. */
export function activityName(event: TrackingEvent): string | undefined {
  if (event.type !== 'track') return fixed[event.type];
  return typeof event.event === 'string' ? normaliseName(event.event) : undefined;
}

/**
 * The name by which the vocabulary knows it; of any other name, the last word is the action: `Gift Wrapped` → `gift.wrapped`. Names that
 * are shaped like ours stay as they are. Undefined where there is no word.
 */
export function normaliseName(name: string): string | undefined {
  const known = nameOfTitle(name);
  if (known) return known;
  const trimmed = name.trim().toLowerCase();
  if (ours.test(trimmed)) return trimmed;
  // Marks belong to the letters before them, as vowels do in Hindi; in NFC, because keyboards differ in how they write an accent.
  const words = trimmed
    .normalize('NFC')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(Boolean);
  const action = words.pop();
  return words.length > 0 ? `${words.join('_')}.${action}` : action;
}

export interface MeantName {
  readonly name: string;
  /** Where it is the redemption of one: the offer, by its own name. */
  readonly offer?: { readonly offer_id: string } | { readonly code: string } | undefined;
  readonly violations: readonly Violation[];
}

const redemption =
  /redeem|redemption|eingel(?:ö|oe)st|einlösung|riscattat|utilizzat|utilisé|utilizad|canjead|ingewisseld/u;
const offerUsed = /^offer_(?:used|claimed)$/;
/** What is no redemption, or one that did not happen. */
const notRedeemed = /not_redeem|unredeem|fail|cancel|click|view|button|page|revers|expire|error|attempt|points/;
/** Where a code may stand, in small letters without marks. */
const codeNames = /^(?:offer|coupon|promo|voucher|discount)?(?:code|id)$|^coupon$|^voucher$/;

/**
 * The name that is meant by one that the vocabulary does not have, where it would be worse to take it for a custom activity: an opt-out, or the
 * redemption of one of our codes. Told, because it is a guess.
 */
export function meantName(name: string, properties: Properties): MeantName {
  if (isOptOut(name)) return guessed(name, 'message.unsubscribed');
  const words = name.replaceAll('.', '_');
  const mayRedeem = (redemption.test(words) || offerUsed.test(words)) && !notRedeemed.test(words);
  const offer = mayRedeem ? offerIn(properties) : undefined;
  return offer ? { ...guessed(name, 'offer.redeemed'), offer } : { name, violations: [] };
}

/** The offer of ours that is named, under whatever name. */
function offerIn(properties: Properties): MeantName['offer'] {
  for (const [field, value] of Object.entries(properties)) {
    if (typeof value !== 'string' || !codeNames.test(bareName(field))) continue;
    if (readOfferId(value) !== undefined) return { offer_id: value };
    if (readCode(value) !== undefined) return { code: value };
  }
  return undefined;
}

function guessed(name: string, meant: string): MeantName {
  const reason = `${name} is not in the vocabulary: it is read as ${meant}`;
  return { name: meant, violations: [{ code: 'name-unclear', field: 'event', reason }] };
}
