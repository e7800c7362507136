import { vocabulary } from './vocabulary.ts';

/** Activities with the consent properties `offers` and `personalisation`: true, false, "granted" or "denied". */
export const consentActivities: ReadonlySet<string> = new Set([
  'consent.updated',
  'preferences.updated',
  'customer.identified',
]);

/** The purposes of consent, by the names of their properties. */
export const consentPurposes = ['offers', 'personalisation'] as const;
export type ConsentPurpose = (typeof consentPurposes)[number];

/** The consent in the value of such a property; undefined for any other value. */
export function consentIn(value: unknown): 'granted' | 'denied' | undefined {
  if (value === true || value === 'granted') return 'granted';
  return value === false || value === 'denied' ? 'denied' : undefined;
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
