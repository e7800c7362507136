import { consentIn, isObject, booleanIn } from '@sestante/contracts';

type Fields = Readonly<Record<string, unknown>>;

/** A name in lower case, letters and digits only. */
const bare = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** Fields that are a refusal if they are true or have a date: `HasOptedOutOfEmail`, `do_not_call`, `unsubscribed_at`. */
const optOut =
  /unsubscri|unsub$|opt(?:ed|s)?out|donot(?:contact|e?mail|call|sms|text|market)|^dnc$|^nomarketing$|blacklisted$|^suppressed$/;

const medium = 'e?mail|sms|push|phone|whatsapp|direct';
const purpose =
  'marketing|newsletters?|promotions?|promotional|commercial|werbung|einwilligung|consensomarketing|offers';
const verb = 'accepts|buyeraccepts|allows?|wants|receives?|subscribed(?:to)?|has|is';
const yesNo =
  'optin|optedin|consent(?:s|ed)?|permission|subscribed?|subscriptions?|subscriptionstatus|subscriptionstate';
const whose = `${medium}|${purpose}|contact|offers?|gdpr|profiling|user|customer|is|has`;
/** Fields that are a refusal if they are false: `accepts_marketing`, `email_consent`, `newsletter_opt_in`, `is_subscribed`. */
const optIn = new RegExp(
  `^(?:(?:${verb})?(?:${medium})?(?:${purpose})(?:emails?|allowed|accepted|enabled|contact|status|state)?` +
    `|(?:${whose})*(?:optin|optedin|consent(?:s|ed)?|permission|subscribed?)|(?:${whose})+(?:${yesNo})` +
    `|can(?:be)?contact(?:ed)?|contactable|mailinglist|consentstate)$`,
);
/** Inside a consent, also the names of categories and of decisions. */
const category = /^(?:offers.*|subscribed)$/;
const decision =
  /^(?:status|state|value|granted|given|consented|accepted|allowed|enabled|action|decision|choice|answer|subscriptionstatus|subscriptionstate)$/;
/** Outside a consent, a `status` may be of anything: only these values are a refusal. */
const explicitRefusal = /^(?:unsubscribed|opted[-_ ]?out)$/i;

/** Consents to something other than messages, and fields that belong to an opt-out but are none. */
const otherMatter =
  /cookie|analytic|tracking|statistic|functional|necessary|performance|parental|guardian|terms|adstorage|aduserdata|ur[il]$|links?$|href|token|reason|page|count|rate$|version|campaign|back.?in.?stock/i;
const mayHold = /consent|preference|subscription|permission|marketing|privacy|gdpr|communication|contact|newsletter/;
const purposeFields = ['purpose', 'category', 'type', 'name', 'key'];
const deepest = 5;

export interface ConsentField {
  /** Whether the fields are inside a consent. */
  readonly isConsent: boolean;
  readonly path?: string;
  readonly level?: number;
}

/** The path of the first field that refuses offers under another name than `offers`, also nested; undefined if there is none. */
export function findRefusal(fields: Fields, { isConsent, path = '', level = 1 }: ConsentField): string | undefined {
  if (purposeFields.some((name) => otherMatter.test(String(fields[name] ?? '')))) return undefined;
  for (const [name, value] of Object.entries(fields)) {
    if (otherMatter.test(name)) continue;
    const key = bare(name);
    if (refuses(key, value, isConsent)) return path + name;
    const isNested = level < deepest && typeof value === 'object' && value !== null && (isConsent || mayHold.test(key));
    const inside = isNested
      ? findInside(value, { isConsent: true, path: `${path}${name}.`, level: level + 1 })
      : undefined;
    if (inside !== undefined) return inside;
  }
  return undefined;
}

/** In an activity about a consent: the first field that refuses something, unless its name is known to be of another matter. Such as OneTrust's `C0004`. */
export function findAnyRefusal(fields: Fields): string | undefined {
  return Object.keys(fields).find(
    (name) => !otherMatter.test(name) && !optOut.test(bare(name)) && isRefusal(fields[name]),
  );
}

function findInside(value: object, field: ConsentField): string | undefined {
  if (isObject(value)) return findRefusal(value as Fields, field);
  const items = value as readonly unknown[];
  return items.map((item) => (isObject(item) ? findRefusal(item as Fields, field) : undefined)).find(Boolean);
}

function refuses(name: string, value: unknown, isConsent: boolean): boolean {
  if (optOut.test(name)) return isSet(value);
  if (optIn.test(name) || (isConsent && category.test(name))) return isRefusal(value);
  if (!decision.test(name)) return name === 'frequency' && value === 'never';
  return isConsent ? isRefusal(value) : typeof value === 'string' && explicitRefusal.test(value);
}

/** Whether the value of a consent field is a refusal, in any word for it; also `none` and `never`. */
export function isRefusal(value: unknown): boolean {
  const isWord = typeof value === 'string' && /^(?:none|never|opt.?out)$/i.test(value);
  return isWord || consentIn(booleanIn(value)) === 'denied';
}

/** Whether the value of an opt-out field is true, a date or a reason; not if it is empty or negative. */
function isSet(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() !== '' && !isRefusal(value) && !/^https?:/i.test(value);
  return value === true || (typeof value === 'number' && value > 0);
}
