import { consentsIn, type ConsentSubject, type Violation } from '@sestante/contracts';
import type { ActivityTime } from '../time/activity-time.ts';
import { pathOf, withConsents } from './consent-fields.ts';

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
  const given = consentsIn(properties);
  const granted = given.filter(([, value]) => value === 'granted').map(([subject]) => subject);
  const isRefusal = name === 'message.unsubscribed' || granted.length < given.length;
  if (!isRefusal && granted.length === 0) return { at, properties, violations: [] };
  if (!isRefusal && earliest !== -Infinity) return { at: earliest, properties, violations: [] };
  return {
    at: latest,
    properties: withConsents(
      properties,
      granted.map((subject) => [subject, undefined] as const),
    ),
    violations: [...(isRefusal && isOfUnsureClock ? [refusedAtReception] : []), ...granted.map(undatedGrant)],
  };
}

const refusedAtReception: Violation = {
  code: 'consent-unclear',
  field: 'timestamp',
  reason: 'the clock of the device may be wrong, or the event was delayed: the refusal is effective from its reception',
};

const undatedGrant = (subject: ConsentSubject): Violation => ({
  code: 'consent-unclear',
  field: pathOf(subject),
  reason: `the time of the consent to ${subject} is unknown: it was ignored; send it again with a timestamp`,
});
