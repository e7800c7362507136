import { consentIn, consentPurposes, type Violation } from '@sestante/contracts';
import type { ActivityTime } from '../time/activity-time.ts';

type Properties = Readonly<Record<string, unknown>>;

export interface DatedConsent {
  readonly at: number;
  readonly properties: Properties;
  readonly violations: readonly Violation[];
}

/**
 * When a word on offers counts from, where its time is in doubt: a no from the latest instant that it can be, a yes from the earliest. So a doubt
 * never leads to an offer against a no. A yes of which nobody knows when it was said, or that comes with a no, is not counted.
 */
export function dateConsent(
  name: string,
  properties: Properties,
  { at, earliest, latest, isOfUnsureClock }: ActivityTime,
): DatedConsent {
  if (earliest === latest) return { at, properties, violations: [] };
  const given = consentPurposes.filter((word) => consentIn(properties[word]) !== undefined);
  const granted = given.filter((word) => consentIn(properties[word]) === 'granted');
  const saysNo = name === 'message.unsubscribed' || granted.length < given.length;
  if (!saysNo && granted.length === 0) return { at, properties, violations: [] };
  if (!saysNo && earliest !== -Infinity) return { at: earliest, properties, violations: [] };
  const rest = Object.fromEntries(Object.entries(properties).filter(([word]) => !granted.includes(word as never)));
  return {
    at: latest,
    properties: rest,
    violations: [...(saysNo && isOfUnsureClock ? [datedLater] : []), ...granted.map(uncounted)],
  };
}

const datedLater: Violation = {
  code: 'consent-unclear',
  field: 'timestamp',
  reason: 'its clock may be wrong, or it has waited: the no counts from when it came',
};

const uncounted = (word: string): Violation => ({
  code: 'consent-unclear',
  field: word,
  reason: `nobody knows when the yes to ${word} was said: it is not counted, say it again with a time`,
});
