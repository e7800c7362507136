import { bareName, nameOfTitle, type Violation } from '@sestante/contracts';
import { readCode, readOfferId } from '@sestante/offer-policy';
import { isOptOut } from './consent/opt-out-names.ts';
import type { TrackingEvent } from './tracking-event.ts';

type Properties = Readonly<Record<string, unknown>>;

const objectAction = /^[a-z0-9_]+\.[a-z0-9_]+$/;
const namesByType = {
  page: 'page.viewed',
  screen: 'screen.viewed',
  identify: 'customer.identified',
  group: 'group.joined',
  alias: 'customer.aliased',
};

/** The name of the activity of an event, `object.action`; undefined for a track event without a usable name. */
export function activityName(event: TrackingEvent): string | undefined {
  if (event.type !== 'track') return namesByType[event.type];
  return typeof event.event === 'string' ? normaliseName(event.event) : undefined;
}

/**
 * The name in the vocabulary. In any other name, the last word is the action: `Gift Wrapped` → `gift.wrapped`. A name that already has the form
 * `object.action` stays as it is. Undefined if there is no word.
 */
export function normaliseName(name: string): string | undefined {
  const vocabularyName = nameOfTitle(name);
  if (vocabularyName) return vocabularyName;
  const trimmed = name.trim().toLowerCase();
  if (objectAction.test(trimmed)) return trimmed;
  // A mark belongs to the letter before it, such as a vowel sign in Hindi. NFC, because keyboards encode accents differently.
  const words = trimmed
    .normalize('NFC')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(Boolean);
  const action = words.pop();
  return words.length > 0 ? `${words.join('_')}.${action}` : action;
}

export interface InferredName {
  readonly name: string;
  /** The offer that was redeemed, if the activity is a redemption. */
  readonly offer?: { readonly offer_id: string } | { readonly code: string } | undefined;
  readonly violations: readonly Violation[];
}

const redemption =
  /redeem|redemption|eingel(?:ö|oe)st|einlösung|riscattat|utilizzat|utilisé|utilizad|canjead|ingewisseld/u;
const offerUsed = /^offer_(?:used|claimed)$/;
/** Names of activities that are no redemption, or of redemptions that did not happen. */
const notRedeemed = /not_redeem|unredeem|fail|cancel|click|view|button|page|revers|expire|error|attempt|points/;
/** Fields that may contain a code, in lower case without separators. */
const codeNames = /^(?:offer|coupon|promo|voucher|discount)?(?:code|id)$|^coupon$|^voucher$/;

/**
 * Infers the activity from a name that is not in the vocabulary, if it would be wrong to treat it as a custom activity: an opt-out, or the
 * redemption of an offer of Sestante. It is a guess, so it is reported as a violation.
 */
export function inferName(name: string, properties: Properties): InferredName {
  if (isOptOut(name)) return guessed(name, 'message.unsubscribed');
  const words = name.replaceAll('.', '_');
  const mayRedeem = (redemption.test(words) || offerUsed.test(words)) && !notRedeemed.test(words);
  const offer = mayRedeem ? offerIn(properties) : undefined;
  return offer ? { ...guessed(name, 'offer.redeemed'), offer } : { name, violations: [] };
}

/** The first field that contains an offer id or a code of Sestante. */
function offerIn(properties: Properties): InferredName['offer'] {
  for (const [field, value] of Object.entries(properties)) {
    if (typeof value !== 'string' || !codeNames.test(bareName(field))) continue;
    if (readOfferId(value) !== undefined) return { offer_id: value };
    if (readCode(value) !== undefined) return { code: value };
  }
  return undefined;
}

function guessed(name: string, inferred: string): InferredName {
  const reason = `\`${name}\` is not in the vocabulary and was processed as \`${inferred}\``;
  return { name: inferred, violations: [{ code: 'name-unclear', field: 'event', reason }] };
}
