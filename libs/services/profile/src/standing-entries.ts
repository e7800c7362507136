import {
  type AttributeName,
  consentActivities,
  consentsIn,
  type ConsentSubject,
  type ConsentValue,
  contactChannels,
  happenedAt,
  mayDenyConsent,
  type Standing,
} from '@sestante/contracts';
import {
  type ContactSetting,
  type pageVouchedPause,
  settingsIn,
  settingsOf,
} from './contact-policy/contact-settings.ts';

/** A value that an activity of a member sets for one field of the standing. */
export interface StandingEntry {
  readonly memberId: string;
  readonly field: StandingField;
  /** `granted`, `denied`, `yes` or `no`; the value of a preference or an attribute as JSON; that of a contact setting as `settingsIn` says. */
  readonly value: string;
  /** An instant in ISO 8601. */
  readonly setAt: string;
}

const preferences = ['media', 'topics', 'frequency', 'language'] as const;
type Preference = (typeof preferences)[number];
/** Attributes are kept as the values of the standing are, and are no part of it. */
export type AttributeField = `attributes.${AttributeName}`;
export type StandingField =
  | ConsentSubject
  | 'inDifficulty'
  | 'openApology'
  | Preference
  | ContactSetting
  | typeof pageVouchedPause
  | AttributeField;

/** The part of an activity that is read here. */
interface MemberActivity {
  readonly memberId: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly timestamp: string;
  readonly receivedAt: string;
}

type FieldValue = readonly [field: StandingField, value: string];

const valueByActivity = new Map<string, FieldValue>([
  ['payment.difficulty_reported', ['inDifficulty', 'yes']],
  ['payment.difficulty_resolved', ['inDifficulty', 'no']],
  ['promise.broken', ['openApology', 'yes']],
  ['offer.refused', ['openApology', 'yes']],
  ['apology.accepted', ['openApology', 'no']],
  ['apology.closed', ['openApology', 'no']],
  ['message.unsubscribed', ['offers', 'denied']],
]);

/** The activities that set a field of the standing, apart from those with consents or preferences as properties. */
export const standingActivities: readonly string[] = [...valueByActivity.keys()];

/**
 * The values that stop offers. If two values have the same instant, a value of this list wins. Traits are different: the value that was received later
 * wins. The reason: the order of the two is unknown, and an offer after a refusal is worse than no offer after a consent.
 */
export const restrictiveValues: readonly string[] = ['denied', 'yes'];

/** The values that an activity sets; empty for most activities. */
export function standingEntriesOf(activity: MemberActivity): StandingEntry[] {
  const { memberId, name, properties } = activity;
  const fixed = valueByActivity.get(name);
  const values = fixed ? [fixed] : fieldValuesOf(name, properties);
  return values.map(([field, value]) => ({ memberId, field, value, setAt: happenedAt(activity) }));
}

function fieldValuesOf(name: string, properties: MemberActivity['properties']): readonly FieldValue[] {
  if (name === 'preferences.updated')
    return [...consentsIn(properties), ...preferencesIn(properties), ...settingsIn(properties)];
  if (consentActivities.has(name)) return consentsIn(properties);
  return mayDenyConsent(name) ? consentsIn(properties).filter(([, value]) => value === 'denied') : [];
}

function preferencesIn(properties: MemberActivity['properties']): FieldValue[] {
  return preferences.flatMap((field): FieldValue[] => {
    const value = properties[field];
    if (value === undefined) return [];
    if (value === null) return [[field, 'null']];
    const isList = field === 'media' || field === 'topics';
    const texts = Array.isArray(value) ? value.map(String) : String(value);
    return [[field, JSON.stringify(isList ? [texts].flat() : texts)]];
  });
}

/** The latest value of each field for one customer, over all of its members. */
export type LatestValues = Map<StandingField, Pick<StandingEntry, 'value' | 'setAt'>>;

/** Sets the value of a field, unless the map has one that supersedes it. */
export function setIfLater(latest: LatestValues, { field, value, setAt }: Omit<StandingEntry, 'memberId'>): void {
  const current = latest.get(field);
  if (!current || isSupersededBy(current, { value, setAt })) latest.set(field, { value, setAt });
}

/** Whether the second value is later, or has the same instant and is the more restrictive one. */
export function isSupersededBy(
  current: Pick<StandingEntry, 'value' | 'setAt'>,
  { value, setAt }: Pick<StandingEntry, 'value' | 'setAt'>,
): boolean {
  const [before, after] = [Date.parse(current.setAt), Date.parse(setAt)];
  const isCurrentRestrictive = restrictiveValues.includes(current.value);
  return (
    before < after ||
    (before === after && (restrictiveValues.includes(value) || (!isCurrentRestrictive && current.value < value)))
  );
}

/** The standing that results from the values. Without a value: consent `unknown`, no difficulty, no open apology, no setting. */
export function standingOf(values: ReadonlyMap<StandingField, Pick<StandingEntry, 'value'>>): Standing {
  const valueOf = (field: StandingField) => values.get(field)?.value;
  const consent = (subject: ConsentSubject) => valueOf(subject) as ConsentValue | undefined;
  const setPreferences = preferences.flatMap((field) => {
    const value = valueOf(field);
    return value === undefined || value === 'null' ? [] : [[field, JSON.parse(value) as unknown] as const];
  });
  const channels = contactChannels.flatMap((channel) => {
    const said = consent(channel);
    return said ? [[channel, said] as const] : [];
  });
  const measurement = consent('measurement');
  return {
    offers: consent('offers') ?? 'unknown',
    personalisation: consent('personalisation') ?? 'unknown',
    ...(measurement && { measurement }),
    ...(channels.length > 0 && { channels: Object.fromEntries(channels) }),
    ...settingsOf(valueOf),
    inDifficulty: valueOf('inDifficulty') === 'yes',
    openApology: valueOf('openApology') === 'yes',
    preferences: Object.fromEntries(setPreferences),
  };
}

/** The standing of a customer without any values. */
export const defaultStanding: Standing = standingOf(new Map());
