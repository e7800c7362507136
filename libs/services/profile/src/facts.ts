import {
  consentActivities,
  consentIn,
  type ConsentPurpose,
  consentPurposes,
  happenedAt,
  mayDenyConsent,
  type Standing,
} from '@sestante/contracts';

/** One word of a member on one fact. */
export interface Fact {
  readonly memberId: string;
  readonly fact: FactName;
  /** A word; of a preference, its value as JSON. */
  readonly value: string;
  readonly setAt: string;
}

const preferences = ['media', 'topics', 'frequency', 'language'] as const;
type Preference = (typeof preferences)[number];
type FactName = Exclude<keyof Standing, 'preferences'> | Preference;

/** What an activity needs to have to tell facts. */
interface Told {
  readonly memberId: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly timestamp: string;
  readonly receivedAt: string;
}

type Word = readonly [fact: FactName, value: string];

const events = new Map<string, Word>([
  ['payment.difficulty_reported', ['inDifficulty', 'yes']],
  ['payment.difficulty_resolved', ['inDifficulty', 'no']],
  ['promise.broken', ['openApology', 'yes']],
  ['offer.refused', ['openApology', 'yes']],
  ['apology.accepted', ['openApology', 'no']],
  ['apology.closed', ['openApology', 'no']],
  ['message.unsubscribed', ['offers', 'denied']],
]);

/** The activities by which customers tell facts, beside those that may hold consents. */
export const telling: readonly string[] = [...events.keys()];

/**
 * The words that stop offers. Of two words of one instant such a one stands, and not the one that was received later, as with traits: which of them
 * was said last is not known, and an offer against a no is worse than none after a yes.
 */
export const cautious: readonly string[] = ['denied', 'yes'];

/** The facts that an activity tells; most tell none. */
export function factsOf(told: Told): Fact[] {
  const { memberId, name, properties } = told;
  const event = events.get(name);
  const words = event ? [event] : wordsOf(name, properties);
  return words.length === 0 ? [] : words.map(([fact, value]) => ({ memberId, fact, value, setAt: happenedAt(told) }));
}

function wordsOf(name: string, properties: Told['properties']): readonly Word[] {
  if (name === 'preferences.updated') return [...consents(properties), ...preferencesIn(properties)];
  if (consentActivities.has(name)) return consents(properties);
  return mayDenyConsent(name) ? consents(properties).filter(([, value]) => value === 'denied') : [];
}

function consents(properties: Told['properties']): Word[] {
  return consentPurposes.flatMap((fact): Word[] => {
    const word = consentIn(properties[fact]);
    return word ? [[fact, word]] : [];
  });
}

function preferencesIn(properties: Told['properties']): Word[] {
  return preferences.flatMap((fact): Word[] => {
    const value = properties[fact];
    if (value === undefined) return [];
    const isList = fact === 'media' || fact === 'topics';
    const texts = Array.isArray(value) ? value.map(String) : String(value);
    return [[fact, JSON.stringify(isList ? [texts].flat() : texts)]];
  });
}

/** The latest words of a customer on each fact, of all members together. */
export type LatestWords = Map<Fact['fact'], Pick<Fact, 'value' | 'setAt'>>;

/** Notes a word, unless a later one is known. */
export function note(words: LatestWords, { fact, value, setAt }: Omit<Fact, 'memberId'>): void {
  const known = words.get(fact);
  if (!known || standsAgainst(known, { value, setAt })) words.set(fact, { value, setAt });
}

/** Whether the word is the later one, or as late and the more careful one. */
export function standsAgainst(
  known: Pick<Fact, 'value' | 'setAt'>,
  { value, setAt }: Pick<Fact, 'value' | 'setAt'>,
): boolean {
  const [before, after] = [Date.parse(known.setAt), Date.parse(setAt)];
  return (
    before < after ||
    (before === after && (cautious.includes(value) || (!cautious.includes(known.value) && known.value < value)))
  );
}

/** The standing that words add up to; nothing known is no consent, no difficulty, no apology. */
export function standingOf(words: ReadonlyMap<Fact['fact'], Pick<Fact, 'value'>>): Standing {
  const consent = (fact: ConsentPurpose) => (words.get(fact)?.value ?? 'unknown') as Standing['offers'];
  const said = preferences.flatMap((fact) => {
    const word = words.get(fact);
    return word ? [[fact, JSON.parse(word.value) as unknown] as const] : [];
  });
  return {
    offers: consent('offers'),
    personalisation: consent('personalisation'),
    inDifficulty: words.get('inDifficulty')?.value === 'yes',
    openApology: words.get('openApology')?.value === 'yes',
    preferences: Object.fromEntries(said),
  };
}

/** Of whom nothing is known. */
export const noStanding: Standing = standingOf(new Map());
