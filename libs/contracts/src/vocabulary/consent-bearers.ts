import { vocabulary } from './vocabulary.ts';

/** Activities that may say a word on `offers` or `personalisation`: true, false, "granted" or "denied". */
export const consentBearers: ReadonlySet<string> = new Set([
  'consent.updated',
  'preferences.updated',
  'customer.identified',
]);

/** What customers consent to, by the names of the properties. */
export const consentWords = ['offers', 'personalisation'] as const;
export type ConsentWord = (typeof consentWords)[number];

/** What a property of such a name says; undefined for what is no word. */
export function consentIn(value: unknown): 'granted' | 'denied' | undefined {
  if (value === true || value === 'granted') return 'granted';
  return value === false || value === 'denied' ? 'denied' : undefined;
}

const ofPeople =
  /consent|permission|subscri|marketing|newsletter|preferenc|privacy|gdpr|contact|customer|profile|account|identif|user|member|lead|onetrust/;

/**
 * Whether it is an activity of a source's own, with a name that tells of people or of what they allow, such as `profile.updated`: its no counts as that
 * of the activities above, its yes does not.
 */
export function mayRefuse(name: string): boolean {
  return !Object.hasOwn(vocabulary, name) && ofPeople.test(name);
}
