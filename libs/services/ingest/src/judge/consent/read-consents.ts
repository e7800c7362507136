import { bareName, consentBearers, isObject, truthIn, type Violation } from '@sestante/contracts';

type Properties = Readonly<Record<string, unknown>>;

/** What says no by being true, and what says no by being false, in small letters without marks. */
const optOuts =
  /^(is)?(unsubscribed|unsubscribe|optout|optedout|donotcontact|dnc|(email|mail|sms|push|phone|call|marketing|newsletter)(s)?(optout|optedout|unsubscribed))$/;
const optIns =
  /^(marketing|emailmarketing|marketingemails?|directmarketing|acceptsmarketing|((email|mail|sms|push)?marketing)?(consent|optin|optedin)|(email|mail|sms|push)(consent|optin)|offersconsent)$/;
/** In a consent, also what is meant by a category of that name. */
const categories = /^(newsletter|newsletters|promotions?|promotional|commercial|subscribed)$/;

const ownNames = new Map([
  ['offers', 'offers'],
  ['personalisation', 'personalisation'],
  ['personalization', 'personalisation'],
]);

export interface ReadConsents {
  readonly properties: Properties;
  readonly violations: readonly Violation[];
}

/**
 * The words on consent that an activity says under other names than their own, and among the traits of a person. A no counts under any of them; a yes
 * only as a property under its own name: SDKs send the traits they know again and again, also those from before a no.
 */
export function readConsents(name: string, given: Properties, traits: Properties = {}): ReadConsents {
  if (!consentBearers.has(name)) return { properties: given, violations: [] };
  const said = saidUnderOwnNames(given);
  const ofTraits = saidUnderOwnNames(traits).filter(({ word }) => !said.some((other) => other.word === word));
  const noes = ofTraits.filter(({ truth }) => isNo(truth));
  const violations = ofTraits.filter(({ truth }) => isYes(truth)).map(({ field }) => yesAmongTraits(field));
  const properties =
    noes.length === 0 ? given : { ...given, ...Object.fromEntries(noes.map(({ word }) => [word, false])) };
  if ([...said, ...noes].some(({ word }) => word === 'offers')) return { properties, violations };

  const isConsent = name === 'consent.updated';
  const no = fieldThatSaysNo({ ...traits, ...given }, isConsent);
  if (no !== undefined)
    return { properties: { ...properties, offers: false }, violations: [...violations, readAsNo(no)] };
  return { properties, violations: isConsent && said.length === 0 ? [nothingRead] : violations };
}

interface Said {
  readonly field: string;
  readonly word: string;
  readonly truth: unknown;
}

/** What is said under the words' own names, in any spelling of these. */
function saidUnderOwnNames(fields: Properties): Said[] {
  return Object.entries(fields).flatMap(([field, value]) => {
    const word = ownNames.get(bareName(field));
    return word === undefined || !hasWord(value) ? [] : [{ field, word, truth: truthIn(value) }];
  });
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

const isYes = (truth: unknown) => truth === true || truth === 'granted';
const isNo = (truth: unknown) => truth === false || truth === 'denied';
const hasWord = (value: unknown) => value !== undefined && value !== null && value !== '';

/** Where it says no; categories of a consent may lie in an object. */
function fieldThatSaysNo(said: Properties, isConsent: boolean, path = ''): string | undefined {
  for (const [name, value] of Object.entries(said)) {
    const bare = bareName(name);
    const truth = truthIn(value);
    if (optOuts.test(bare) && truth === true) return path + name;
    const isWord = optIns.test(bare) || (isConsent && categories.test(bare));
    if (isWord && isNo(truth)) return path + name;
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

const yesAmongTraits = (field: string): Violation => ({
  code: 'consent-unclear',
  field: field.slice(0, 100),
  reason: 'a yes among the traits may be from before a no, and is not read: say it with consent.updated',
});

const nothingRead: Violation = {
  code: 'consent-unclear',
  field: 'offers',
  reason: 'consent.updated says nothing on `offers` or `personalisation`: it changes nothing',
};
