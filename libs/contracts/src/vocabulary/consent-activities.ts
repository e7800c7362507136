import { isObject } from './is-object.ts';
import { vocabulary } from './vocabulary.ts';

/** Activities with consents as properties (see `consentProperties`): true, false, "granted" or "denied". */
export const consentActivities: ReadonlySet<string> = new Set([
  'consent.updated',
  'preferences.updated',
  'customer.identified',
]);

/** The purposes of consent, by the names of their properties. */
export const consentPurposes = ['offers', 'personalisation', 'measurement'] as const;
export type ConsentPurpose = (typeof consentPurposes)[number];

/** The channels of contact. In `channels` of an activity, `in-app` is the field `in_app`. */
export const contactChannels = ['email', 'push', 'sms', 'in-app', 'store', 'post', 'call'] as const;
export type ContactChannel = (typeof contactChannels)[number];

/** What a consent is about. No purpose has the name of a channel. */
export const consentSubjects = [...consentPurposes, ...contactChannels] as const;
export type ConsentSubject = (typeof consentSubjects)[number];

export type ConsentValue = 'granted' | 'denied';

/** The field of a channel within the property `channels`. */
export const fieldOfChannel = (channel: ContactChannel): string => channel.replace('-', '_');

/** The consent in the value of such a property; undefined for any other value. */
export function consentIn(value: unknown): ConsentValue | undefined {
  if (value === true || value === 'granted') return 'granted';
  return value === false || value === 'denied' ? 'denied' : undefined;
}

/** All consents in the properties of an activity. */
export function consentsIn(properties: Readonly<Record<string, unknown>>): [ConsentSubject, ConsentValue][] {
  const found: [ConsentSubject, ConsentValue][] = [];
  const add = (subject: ConsentSubject, value: unknown) => {
    const consent = consentIn(value);
    if (consent) found.push([subject, consent]);
  };
  for (const purpose of consentPurposes) add(purpose, properties[purpose]);
  const { channels } = properties;
  if (isObject(channels)) for (const channel of contactChannels) add(channel, channels[fieldOfChannel(channel)]);
  return found;
}

const ofPeople =
  /consent|permission|subscri|marketing|newsletter|preferenc|privacy|gdpr|contact|customer|profile|account|identif|user|member|lead|onetrust/;

/**
 * Whether a custom activity may deny consent: its name is about people or permissions, such as `profile.updated`. A denial in it counts as in the
 * activities above. A grant in it does not count.
 */
export function mayDenyConsent(name: string): boolean {
  return !Object.hasOwn(vocabulary, name) && ofPeople.test(name);
}
