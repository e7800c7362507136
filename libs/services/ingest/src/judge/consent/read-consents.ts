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
import { anyFieldThatSaysNo, fieldThatSaysNo, isNo } from './says-no.ts';

type Properties = Readonly<Record<string, unknown>>;

/** The words on consent, by their own names in small letters without marks, and in American spelling. */
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

/** Where an activity may say a word on consent. */
export interface Saying {
  readonly properties: Properties;
  /** Of a consent platform. */
  readonly categories?: Properties | undefined;
  /** Of the person; and what stands beside the properties by mistake. */
  readonly traits: Properties;
}

/**
 * The words on consent that an activity says, under any name. A no counts wherever it stands, and before any yes; a yes counts only as a property
 * or category under its own name: SDKs send the traits they know again and again, also those from before a no.
 */
export function readConsents(name: string, { properties: given, categories, traits }: Saying): ReadConsents {
  const all = categories ? { ...categories, ...given } : given;
  if (!consentActivities.has(name) && !mayDenyConsent(name)) return { properties: all, violations: [] };
  const isConsent = name === 'consent.updated';
  const said = [given, categories ?? {}].flatMap(saidUnderOwnNames);
  const ofTraits = saidUnderOwnNames(traits);
  const noes = [...said.filter(({ value }) => isNo(value)), ...ofTraits.filter(({ value }) => isNoOfTrait(value))];
  const yeses = said.filter(({ value }) => isYes(value));
  const other =
    fieldThatSaysNo({ ...traits, ...all }, { isConsent }) ??
    (isConsent && yeses.length === 0 ? anyFieldThatSaysNo(all) : undefined);

  const refused = consentPurposes.filter(
    (word) => noes.some((no) => no.word === word) || (word === 'offers' && other !== undefined),
  );
  const isDoubtful = (word: ConsentPurpose) => yeses.some((yes) => yes.word === word);
  const violations = [
    ...(other !== undefined && !noes.some(({ word }) => word === 'offers') ? [readAsNo(other)] : []),
    ...refused.filter(isDoubtful).map(bothSaid),
    ...ofTraits.filter(({ value, word }) => isYes(value) && !refused.includes(word)).map(yesAmongTraits),
  ];
  const isSilent = isConsent && !categories && said.length === 0 && refused.length === 0;
  const properties =
    refused.length === 0 ? all : { ...all, ...Object.fromEntries(refused.map((word) => [word, false])) };
  return { properties, violations: isSilent ? [nothingRead] : violations };
}

/** A consent whose word is of another type is a no. */
export function unreadableIsNo({ properties, violations }: ReadConsents): ReadConsents {
  const unreadable = violations.filter(({ field }) => consentPurposes.includes(field as ConsentPurpose));
  if (unreadable.length === 0) return { properties, violations };
  return {
    properties: { ...properties, ...Object.fromEntries(unreadable.map(({ field }) => [field, false])) },
    violations: violations.map((one) =>
      unreadable.includes(one) ? { ...one, reason: `${one.reason}; it counts as a no` } : one,
    ),
  };
}

interface Said {
  readonly field: string;
  readonly word: ConsentPurpose;
  readonly value: unknown;
}

/** What is said under the words' own names, in any spelling of these. */
function saidUnderOwnNames(fields: Properties): Said[] {
  return Object.entries(fields).flatMap(([field, value]) => {
    const word = ownNames.get(bareName(field));
    return word === undefined || isBlank(value) ? [] : [{ field, word, value }];
  });
}

const isYes = (value: unknown) => consentIn(booleanIn(value)) === 'granted';
/** A trait of this name may be something else: a word that cannot be read is a no, a list or a number is none. */
const isNoOfTrait = (value: unknown) => isNo(value) || (typeof value === 'string' && !isYes(value));

const readAsNo = (field: string): Violation => ({
  code: 'consent-unclear',
  field: field.slice(0, 100),
  reason: 'it says no under a name of its own, which is read as `offers: false`',
});

const bothSaid = (word: ConsentPurpose): Violation => ({
  code: 'consent-unclear',
  field: word,
  reason: `it says yes and no to ${word}: the no counts`,
});

const yesAmongTraits = ({ field }: Said): Violation => ({
  code: 'consent-unclear',
  field: field.slice(0, 100),
  reason: 'a yes among the traits may be from before a no, and is not read: say it with consent.updated',
});

const nothingRead: Violation = {
  code: 'consent-unclear',
  field: 'offers',
  reason: 'consent.updated says nothing on `offers` or `personalisation`: it changes nothing',
};
