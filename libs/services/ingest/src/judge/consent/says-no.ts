import { consentIn, isObject, booleanIn } from '@sestante/contracts';

type Fields = Readonly<Record<string, unknown>>;

/** Names in small letters, letters and digits only. */
const bare = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** What says no by being true, or by having a date: `HasOptedOutOfEmail`, `do_not_call`, `unsubscribed_at`. */
const optOut =
  /unsubscri|unsub$|opt(?:ed|s)?out|donot(?:contact|e?mail|call|sms|text|market)|^dnc$|^nomarketing$|blacklisted$|^suppressed$/;

const medium = 'e?mail|sms|push|phone|whatsapp|direct';
const wish = 'marketing|newsletters?|promotions?|promotional|commercial|werbung|einwilligung|consensomarketing|offers';
const verb = 'accepts|buyeraccepts|allows?|wants|receives?|subscribed(?:to)?|has|is';
const yesNo =
  'optin|optedin|consent(?:s|ed)?|permission|subscribed?|subscriptions?|subscriptionstatus|subscriptionstate';
const whose = `${medium}|${wish}|contact|offers?|gdpr|profiling|user|customer|is|has`;
/** What says no by being false: `accepts_marketing`, `email_consent`, `newsletter_opt_in`, `is_subscribed`. */
const optIn = new RegExp(
  `^(?:(?:${verb})?(?:${medium})?(?:${wish})(?:emails?|allowed|accepted|enabled|contact|status|state)?` +
    `|(?:${whose})*(?:optin|optedin|consent(?:s|ed)?|permission|subscribed?)|(?:${whose})+(?:${yesNo})` +
    `|can(?:be)?contact(?:ed)?|contactable|mailinglist|consentstate)$`,
);
/** In what tells of a consent, also the names of its categories, and of what was decided. */
const category = /^(?:offers.*|subscribed)$/;
const decision =
  /^(?:status|state|value|granted|given|consented|accepted|allowed|enabled|action|decision|choice|answer|subscriptionstatus|subscriptionstate)$/;
/** Outside of it, a `status` may be anything's, and only says no in so many words. */
const clearNo = /^(?:unsubscribed|opted[-_ ]?out)$/i;

/** Consents to something else, and what belongs to an opt-out without being one. */
const otherMatter =
  /cookie|analytic|tracking|statistic|functional|necessary|performance|parental|guardian|terms|adstorage|aduserdata|ur[il]$|links?$|href|token|reason|page|count|rate$|version|campaign|back.?in.?stock/i;
const mayHold = /consent|preference|subscription|permission|marketing|privacy|gdpr|communication|contact|newsletter/;
const purposes = ['purpose', 'category', 'type', 'name', 'key'];
const deepest = 5;

export interface Place {
  /** It tells of a consent and of nothing else. */
  readonly isConsent: boolean;
  readonly path?: string;
  readonly level?: number;
}

/** The field that says no to offers under another name than `offers`, also deep inside; undefined where none does. */
export function fieldThatSaysNo(fields: Fields, { isConsent, path = '', level = 1 }: Place): string | undefined {
  if (purposes.some((name) => otherMatter.test(String(fields[name] ?? '')))) return undefined;
  for (const [name, value] of Object.entries(fields)) {
    if (otherMatter.test(name)) continue;
    const known = bare(name);
    if (saysNo(known, value, isConsent)) return path + name;
    const isHeld = level < deepest && typeof value === 'object' && value !== null && (isConsent || mayHold.test(known));
    const inside = isHeld
      ? withinThat(value, { isConsent: true, path: `${path}${name}.`, level: level + 1 })
      : undefined;
    if (inside !== undefined) return inside;
  }
  return undefined;
}

/** In what tells of a consent alone: a field that says no to something that is not known to be something else, such as OneTrust's `C0004`. */
export function anyFieldThatSaysNo(fields: Fields): string | undefined {
  return Object.keys(fields).find((name) => !otherMatter.test(name) && !optOut.test(bare(name)) && isNo(fields[name]));
}

function withinThat(value: object, place: Place): string | undefined {
  if (isObject(value)) return fieldThatSaysNo(value as Fields, place);
  const items = value as readonly unknown[];
  return items.map((item) => (isObject(item) ? fieldThatSaysNo(item as Fields, place) : undefined)).find(Boolean);
}

function saysNo(name: string, value: unknown, isConsent: boolean): boolean {
  if (optOut.test(name)) return isSaid(value);
  if (optIn.test(name) || (isConsent && category.test(name))) return isNo(value);
  if (!decision.test(name)) return name === 'frequency' && value === 'never';
  return isConsent ? isNo(value) : typeof value === 'string' && clearNo.test(value);
}

/** A no in any word; where a consent is asked for, `none` and `never` are such. */
export function isNo(value: unknown): boolean {
  const isWord = typeof value === 'string' && /^(?:none|never|opt.?out)$/i.test(value);
  return isWord || consentIn(booleanIn(value)) === 'denied';
}

/** An opt-out that is true, or that has a date or a reason; not one that is empty or says no. */
function isSaid(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() !== '' && !isNo(value) && !/^https?:/i.test(value);
  return value === true || (typeof value === 'number' && value > 0);
}
