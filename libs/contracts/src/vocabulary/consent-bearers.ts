import { vocabulary } from './vocabulary.ts';

/** Activities that may say a word on `offers` or `personalisation`: true, false, "granted" or "denied". */
export const consentBearers: ReadonlySet<string> = new Set([
  'consent.updated',
  'preferences.updated',
  'customer.identified',
]);

const ofPeople =
  /consent|permission|subscri|marketing|newsletter|preferenc|privacy|gdpr|contact|customer|profile|account|identif|user|member|lead|onetrust/;

/**
 * Whether it is an activity of a source's own, with a name that tells of people or of what they allow, such as `profile.updated`: its no counts as that
 * of the activities above, its yes does not.
 */
export function mayRefuse(name: string): boolean {
  return !Object.hasOwn(vocabulary, name) && ofPeople.test(name);
}
