import {
  booleanIn,
  consentActivities,
  consentIn,
  type ConsentSubject,
  consentSubjects,
  isObject,
  mayDenyConsent,
  type Violation,
} from '@sestante/contracts';
import type { ConsentCategories } from '../../types/source.ts';
import { isBlank } from '../is-blank.ts';
import { channelOf, pathOf, purposeOf, withConsents } from './consent-fields.ts';
import { findAnyRefusal, findRefusal, isRefusal } from './find-refusal.ts';
import { type ConsentValue, mappedIn, noneMapped, withoutMapped } from './mapped-categories.ts';

type Properties = Readonly<Record<string, unknown>>;

export interface ReadConsents {
  readonly properties: Properties;
  readonly violations: readonly Violation[];
}

/** The parts of an event that may contain a consent. */
export interface EventFields {
  readonly properties: Properties;
  /** Categories of a consent platform. */
  readonly categories?: Properties | undefined;
  /** Traits of the person; also consent fields that were sent at the top level by mistake. */
  readonly traits: Properties;
}

/**
 * Reads the consents of an activity, under any field name. A refusal counts in any field, and takes precedence over a grant. A grant counts only as
 * a property or category under its own name, or as a category that the source maps: SDKs send stored traits again and again, including those from before a
 * refusal.
 */
export function readConsents(name: string, fields: EventFields, mapping: ConsentCategories = {}): ReadConsents {
  const { properties: given, categories, traits } = fields;
  const all = categories ? { ...categories, ...given } : given;
  if (!consentActivities.has(name) && !mayDenyConsent(name)) return { properties: all, violations: [] };
  const isConsent = name === 'consent.updated';
  // A property and a category may have the same name: both are read, so that neither hides a refusal of the other.
  const parts = categories ? [given, categories] : [given];
  const mapped = isConsent ? mappedIn(parts, mapping) : noneMapped;
  const values = parts.flatMap(consentValuesIn).concat(channelValuesIn(given), mapped.values);
  const ofTraits = consentValuesIn(traits);
  const refusals = [
    ...values.filter(({ value }) => isRefusal(value)),
    ...mapped.values.filter(({ value }) => !isGrant(value)),
    ...ofTraits.filter(({ value }) => isRefusedTrait(value)),
  ];
  const grants = values.filter(({ value }) => isGrant(value));
  const unmapped = parts.map((part) => withoutMapped(part, mapped));
  const other =
    [traits, ...unmapped].flatMap((part) => findRefusal(part, { isConsent }) ?? [])[0] ??
    (isConsent && grants.length === 0 ? unmapped.flatMap((part) => findAnyRefusal(part) ?? [])[0] : undefined);

  const refused = consentSubjects.filter(
    (word) => refusals.some((refusal) => refusal.word === word) || (word === 'offers' && other !== undefined),
  );
  const isAlsoGranted = (word: ConsentSubject) => grants.some((grant) => grant.word === word);
  const violations = [
    ...(other !== undefined && !refusals.some(({ word }) => word === 'offers') ? [readAsRefusal(other)] : []),
    ...refused.filter(isAlsoGranted).map(contradiction),
    ...ofTraits.filter(({ value, word }) => isGrant(value) && !refused.includes(word)).map(grantInTraits),
    ...mapped.values.filter(({ value }) => !isGrant(value) && !isRefusal(value)).map(unreadableCategory),
  ];
  const isWithoutConsent = isConsent && !categories && values.length === 0 && refused.length === 0;
  const granted = mapped.values.filter(({ value, word }) => isGrant(value) && !refused.includes(word));
  const properties = withConsents(all, [
    ...granted.map(({ word }) => [word, true] as const),
    ...refused.map((word) => [word, false] as const),
  ]);
  return { properties, violations: isWithoutConsent ? [noConsentFound] : violations };
}

/** A consent field with an invalid value counts as a refusal. */
export function refuseUnreadable({ properties, violations }: ReadConsents): ReadConsents {
  if (violations.length === 0) return { properties, violations };
  const subjectOf = ({ field }: Violation) => consentSubjects.find((subject) => pathOf(subject) === field);
  const unreadable = violations.filter((one) => subjectOf(one) !== undefined);
  if (unreadable.length === 0) return { properties, violations };
  return {
    properties: withConsents(
      properties,
      unreadable.map((one) => [subjectOf(one)!, false] as const),
    ),
    violations: violations.map((one) =>
      unreadable.includes(one) ? { ...one, reason: `${one.reason}; it counts as refused` } : one,
    ),
  };
}

/** The values of the consent fields, in any spelling of their names. */
function consentValuesIn(fields: Properties): ConsentValue[] {
  return Object.entries(fields).flatMap(([field, value]) => {
    const word = purposeOf(field);
    return word === undefined || isBlank(value) ? [] : [{ field, word, value }];
  });
}

function channelValuesIn({ channels }: Properties): ConsentValue[] {
  if (!isObject(channels)) return [];
  return Object.entries(channels).flatMap(([field, value]) => {
    const word = channelOf(field);
    return word === undefined || isBlank(value) ? [] : [{ field: `channels.${field}`, word, value }];
  });
}

const isGrant = (value: unknown) => consentIn(booleanIn(value)) === 'granted';
/** A trait of this name may be something else: a text that is not understood is a refusal, a list or a number is not. */
const isRefusedTrait = (value: unknown) => isRefusal(value) || (typeof value === 'string' && !isGrant(value));

const readAsRefusal = (field: string): Violation => ({
  code: 'consent-unclear',
  field: field.slice(0, 100),
  reason: 'the field is not in the vocabulary, and refuses messages: it was processed as `offers: false`',
});

const contradiction = (word: ConsentSubject): Violation => ({
  code: 'consent-unclear',
  field: pathOf(word),
  reason: `the event both grants and refuses ${word}: the refusal counts`,
});

const grantInTraits = ({ field }: ConsentValue): Violation => ({
  code: 'consent-unclear',
  field: field.slice(0, 100),
  reason: 'a consent in the traits was ignored, as it may be older than a refusal: send it with consent.updated',
});

const unreadableCategory = ({ field }: ConsentValue): Violation => ({
  code: 'consent-unclear',
  field: field.slice(0, 100),
  reason: 'the value of the category was not understood: it counts as refused',
});

const noConsentFound: Violation = {
  code: 'consent-unclear',
  field: 'offers',
  reason:
    'consent.updated has no consent to a purpose or a channel, and no category that the source maps: it changes nothing',
};
