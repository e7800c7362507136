import { bareName, consentBearers, isObject, truthIn, type Violation } from '@sestante/contracts';

type Properties = Readonly<Record<string, unknown>>;

/** What says no by being true, and what says no by being false, in small letters without marks. */
const optOuts =
  /^(is)?(unsubscribed|unsubscribe|optout|optedout|donotcontact|dnc|(email|mail|sms|push|phone|call|marketing|newsletter)(s)?(optout|optedout|unsubscribed))$/;
const optIns =
  /^(marketing|emailmarketing|marketingemails?|directmarketing|acceptsmarketing|((email|mail|sms|push)?marketing)?(consent|optin|optedin)|(email|mail|sms|push)(consent|optin)|offersconsent)$/;
/** In a consent, also what is meant by a category of that name. */
const categories = /^(newsletter|newsletters|promotions?|promotional|commercial|subscribed)$/;

export interface ReadConsents {
  readonly properties: Properties;
  readonly violations: readonly Violation[];
}

/**
 * The word on offers that an activity says under other names than `offers`, also among the traits of a person. A no counts under any of them; a yes
 * only under its own name.
 */
export function readConsents(name: string, properties: Properties, traits: Properties = {}): ReadConsents {
  if (!consentBearers.has(name) || hasWord(properties['offers'])) return { properties, violations: [] };
  const isConsent = name === 'consent.updated';
  const no = fieldThatSaysNo({ ...traits, ...properties }, isConsent);
  if (no !== undefined) return { properties: { ...properties, offers: false }, violations: [readAsNo(no)] };
  return { properties, violations: isConsent && !hasWord(properties['personalisation']) ? [nothingRead] : [] };
}

/** A consent whose word is of another type is a no. */
export function unreadableIsNo({ properties, violations }: ReadConsents): ReadConsents {
  const unreadable = violations.filter(({ field }) => field === 'offers' || field === 'personalisation');
  if (unreadable.length === 0) return { properties, violations };
  return {
    properties: { ...properties, ...Object.fromEntries(unreadable.map(({ field }) => [field, false])) },
    violations: violations.map((one) =>
      unreadable.includes(one) ? { ...one, reason: `${one.reason}; it counts as a no` } : one,
    ),
  };
}

const hasWord = (value: unknown) => value !== undefined && value !== null && value !== '';

/** Where it says no; categories of a consent may lie in an object. */
function fieldThatSaysNo(said: Properties, isConsent: boolean, path = ''): string | undefined {
  for (const [name, value] of Object.entries(said)) {
    const bare = bareName(name);
    const truth = truthIn(value);
    if (optOuts.test(bare) && truth === true) return path + name;
    const isYesNo = optIns.test(bare) || (isConsent && categories.test(bare));
    if (isYesNo && (truth === false || truth === 'denied')) return path + name;
    const isNested = isConsent && path === '' && isObject(value);
    const inside = isNested ? fieldThatSaysNo(value as Properties, isConsent, `${name}.`) : undefined;
    if (inside !== undefined) return inside;
  }
  return undefined;
}

const readAsNo = (field: string): Violation => ({
  code: 'consent-unclear',
  field: field.slice(0, 100),
  reason: 'it says no under a name of its own, which is read as `offers: false`',
});

const nothingRead: Violation = {
  code: 'consent-unclear',
  field: 'offers',
  reason: 'consent.updated says nothing on `offers` or `personalisation`: it changes nothing',
};
