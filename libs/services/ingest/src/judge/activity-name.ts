import { nameOfTitle, type Violation } from '@sestante/contracts';
import type { TrackingEvent } from './tracking-event.ts';

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
  readonly violations: readonly Violation[];
}

/** What takes back a consent, in names that the vocabulary does not have, in the languages of Europe; and what undoes that. */
const optOut =
  /unsubscri|unsubscrib|opt(ed)?_?(in_)?out|consent.*(withdr|revok|denied|refus|remov)|(withdr|revok).*consent|do_?not_?contact|marketing.*(refus|stop|object)|abgemeldet|abbestell|widerruf|disiscri|disdett|desabonn|désabonn|desinscri|désinscri|cancelar_suscrip|afgemeld|uitgeschreven/;
const undoes = /resubscri|undo|undone|cancelled|canceled|prevented|failed|page|viewed|reminder/;
const redemption = /redeem|eingelöst|riscattat|utilizzat|canjead|ingewisseld/;
/** As Sestante's own codes are: ten signs, of which some are easily taken for others. */
const ownCode = /^[\s-]*([0-9a-z][\s-]*){10}$/i;

/**
 * The name that is meant by one that the vocabulary does not have, where it would be worse to take it for a custom activity: an opt-out, or the
 * redemption of one of our codes. Told, because it is a guess.
 */
export function meantName(name: string, properties: Readonly<Record<string, unknown>>): MeantName {
  const words = name.replaceAll('.', '_');
  if (optOut.test(words) && !undoes.test(words)) return guessed(name, 'message.unsubscribed');
  const { code, offer_id: offerId } = properties;
  const isOfOffer = typeof offerId === 'string' || (typeof code === 'string' && ownCode.test(code));
  return redemption.test(words) && isOfOffer ? guessed(name, 'offer.redeemed') : { name, violations: [] };
}

function guessed(name: string, meant: string): MeantName {
  const reason = `${name} is not in the vocabulary: it is read as ${meant}`;
  return { name: meant, violations: [{ code: 'name-unclear', field: 'event', reason }] };
}
