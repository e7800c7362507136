import { consentIn, consentPurposes, type Violation } from '@sestante/contracts';
import type { ActivityTime } from '../time/activity-time.ts';

type Properties = Readonly<Record<string, unknown>>;

export interface DatedConsent {
  readonly at: number;
  readonly properties: Properties;
  readonly violations: readonly Violation[];
}

/**
 * The effective time of a consent whose time is uncertain: a refusal counts from the latest possible instant, a grant from the earliest. So an
 * uncertain time never leads to an offer against a refusal. A grant without a known time, or together with a refusal, is ignored.
 */
export function dateConsent(
  name: string,
  properties: Properties,
  { at, earliest, latest, isOfUnsureClock }: ActivityTime,
): DatedConsent {
  if (earliest === latest) return { at, properties, violations: [] };
  const given = consentPurposes.filter((word) => consentIn(properties[word]) !== undefined);
  const granted = given.filter((word) => consentIn(properties[word]) === 'granted');
  const isRefusal = name === 'message.unsubscribed' || granted.length < given.length;
  if (!isRefusal && granted.length === 0) return { at, properties, violations: [] };
  if (!isRefusal && earliest !== -Infinity) return { at: earliest, properties, violations: [] };
  const rest = Object.fromEntries(Object.entries(properties).filter(([word]) => !granted.includes(word as never)));
  return {
    at: latest,
    properties: rest,
    violations: [...(isRefusal && isOfUnsureClock ? [refusedAtReception] : []), ...granted.map(undatedGrant)],
  };
}

const refusedAtReception: Violation = {
  code: 'consent-unclear',
  field: 'timestamp',
  reason: 'the clock of the device may be wrong, or the event was delayed: the refusal is effective from its reception',
};

const undatedGrant = (word: string): Violation => ({
  code: 'consent-unclear',
  field: word,
  reason: `the time of the consent to ${word} is unknown: it was ignored; send it again with a timestamp`,
});
