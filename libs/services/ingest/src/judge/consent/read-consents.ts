import {
  bareName,
  consentActivities,
  consentIn,
  type ConsentPurpose,
  consentPurposes,
  mayDenyConsent,
  booleanIn,
  type Violation,
} from '@sestante/contracts';
import { isBlank } from '../is-blank.ts';
import { findAnyRefusal, findRefusal, isRefusal } from './find-refusal.ts';

type Properties = Readonly<Record<string, unknown>>;

/** The consent fields by their names in lower case without separators, also in American spelling. */
const ownNames = new Map<string, ConsentPurpose>([
  ['offers', 'offers'],
  ['personalisation', 'personalisation'],
  ['personalization', 'personalisation'],
  ['adpersonalization', 'personalisation'],
]);

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
 * a property or category under its own name: SDKs send stored traits again and again, including those from before a refusal.
 */
export function readConsents(name: string, { properties: given, categories, traits }: EventFields): ReadConsents {
  const all = categories ? { ...categories, ...given } : given;
  if (!consentActivities.has(name) && !mayDenyConsent(name)) return { properties: all, violations: [] };
  const isConsent = name === 'consent.updated';
  const values = [given, categories ?? {}].flatMap(consentValuesIn);
  const ofTraits = consentValuesIn(traits);
  const refusals = [
    ...values.filter(({ value }) => isRefusal(value)),
    ...ofTraits.filter(({ value }) => isRefusedTrait(value)),
  ];
  const grants = values.filter(({ value }) => isGrant(value));
  const other =
    findRefusal({ ...traits, ...all }, { isConsent }) ??
    (isConsent && grants.length === 0 ? findAnyRefusal(all) : undefined);

  const refused = consentPurposes.filter(
    (word) => refusals.some((refusal) => refusal.word === word) || (word === 'offers' && other !== undefined),
  );
  const isAlsoGranted = (word: ConsentPurpose) => grants.some((grant) => grant.word === word);
  const violations = [
    ...(other !== undefined && !refusals.some(({ word }) => word === 'offers') ? [readAsRefusal(other)] : []),
    ...refused.filter(isAlsoGranted).map(contradiction),
    ...ofTraits.filter(({ value, word }) => isGrant(value) && !refused.includes(word)).map(grantInTraits),
  ];
  const isWithoutConsent = isConsent && !categories && values.length === 0 && refused.length === 0;
  const properties =
    refused.length === 0 ? all : { ...all, ...Object.fromEntries(refused.map((word) => [word, false])) };
  return { properties, violations: isWithoutConsent ? [noConsentFound] : violations };
}

/** A consent field with an invalid value counts as a refusal. */
export function refuseUnreadable({ properties, violations }: ReadConsents): ReadConsents {
  const unreadable = violations.filter(({ field }) => consentPurposes.includes(field as ConsentPurpose));
  if (unreadable.length === 0) return { properties, violations };
  return {
    properties: { ...properties, ...Object.fromEntries(unreadable.map(({ field }) => [field, false])) },
    violations: violations.map((one) =>
      unreadable.includes(one) ? { ...one, reason: `${one.reason}; it counts as refused` } : one,
    ),
  };
}

interface ConsentValue {
  readonly field: string;
  readonly word: ConsentPurpose;
  readonly value: unknown;
}

/** The values of the consent fields, in any spelling of their names. */
function consentValuesIn(fields: Properties): ConsentValue[] {
  return Object.entries(fields).flatMap(([field, value]) => {
    const word = ownNames.get(bareName(field));
    return word === undefined || isBlank(value) ? [] : [{ field, word, value }];
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

const contradiction = (word: ConsentPurpose): Violation => ({
  code: 'consent-unclear',
  field: word,
  reason: `the event both grants and refuses ${word}: the refusal counts`,
});

const grantInTraits = ({ field }: ConsentValue): Violation => ({
  code: 'consent-unclear',
  field: field.slice(0, 100),
  reason: 'a consent in the traits was ignored, as it may be older than a refusal: send it with consent.updated',
});

const noConsentFound: Violation = {
  code: 'consent-unclear',
  field: 'offers',
  reason: 'consent.updated has neither `offers` nor `personalisation`: it changes nothing',
};
