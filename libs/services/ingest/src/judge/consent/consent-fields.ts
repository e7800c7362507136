import {
  bareName,
  type ConsentPurpose,
  consentPurposes,
  type ConsentSubject,
  type ContactChannel,
  contactChannels,
  fieldOfChannel,
  isObject,
} from '@sestante/contracts';

type Properties = Readonly<Record<string, unknown>>;

/** The consent fields by their names in lower case without separators, also in American spelling. */
const purposes = new Map<string, ConsentPurpose>([
  ['offers', 'offers'],
  ['personalisation', 'personalisation'],
  ['personalization', 'personalisation'],
  ['adpersonalization', 'personalisation'],
  ['measurement', 'measurement'],
]);
const channels = new Map<string, ContactChannel>(contactChannels.map((channel) => [bareName(channel), channel]));

/** The purpose whose consent a field has. */
export const purposeOf = (field: string): ConsentPurpose | undefined => purposes.get(bareName(field));
/** The channel whose consent a field of `channels` has. */
export const channelOf = (field: string): ContactChannel | undefined => channels.get(bareName(field));

const isPurpose = (subject: ConsentSubject): subject is ConsentPurpose =>
  consentPurposes.includes(subject as ConsentPurpose);

/** The path of the field of a consent, such as `offers` or `channels.email`. */
export const pathOf = (subject: ConsentSubject): string =>
  isPurpose(subject) ? subject : `channels.${fieldOfChannel(subject)}`;

/** The properties with these consents: true, false, or undefined to remove one. */
export function withConsents(
  properties: Properties,
  consents: readonly (readonly [ConsentSubject, boolean | undefined])[],
): Properties {
  if (consents.length === 0) return properties;
  const changed: Record<string, unknown> = { ...properties };
  const inChannels: Record<string, unknown> = { ...(isObject(properties['channels']) ? properties['channels'] : {}) };
  for (const [subject, value] of consents) {
    const [fields, name] = isPurpose(subject) ? [changed, subject] : [inChannels, fieldOfChannel(subject)];
    if (value === undefined) delete fields[name];
    else fields[name] = value;
  }
  if (consents.some(([subject]) => !isPurpose(subject))) changed['channels'] = inChannels;
  return changed;
}
