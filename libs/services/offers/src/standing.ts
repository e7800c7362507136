import { consentBearers, type CustomerActed, happenedAt, mayRefuse } from '@sestante/contracts';
import type { Consent } from '@sestante/offer-policy';

/** What decides, beside the scores, whether a customer may be made an offer: the latest word on each fact. */
export interface Standing {
  readonly offers: Consent;
  readonly personalisation: Consent;
  readonly inDifficulty: boolean;
  readonly openApology: boolean;
}

/** One word on one fact. */
export interface Fact {
  readonly customerId: string;
  readonly fact: keyof Standing;
  readonly value: string;
  readonly setAt: string;
}

const events = new Map<string, readonly [fact: keyof Standing, value: string]>([
  ['payment.difficulty_reported', ['inDifficulty', 'yes']],
  ['payment.difficulty_resolved', ['inDifficulty', 'no']],
  ['promise.broken', ['openApology', 'yes']],
  ['offer.refused', ['openApology', 'yes']],
  ['apology.accepted', ['openApology', 'no']],
  ['apology.closed', ['openApology', 'no']],
  ['message.unsubscribed', ['offers', 'denied']],
]);

/**
 * The words that stop offers. Of two words of one instant such a one stands, and not the one that was received later, as with traits: which of them
 * was said last is not known, and an offer against a no is worse than none after a yes.
 */
export const cautious: readonly string[] = ['denied', 'yes'];

/** The facts that an activity tells; most tell none. */
export function factsOf(acted: CustomerActed): Fact[] {
  const { customerId, name, properties } = acted;
  const event = events.get(name);
  const told = event ? [event] : consentsOf(name, properties);
  return told.map(([fact, value]) => ({ customerId, fact, value, setAt: happenedAt(acted) }));
}

type ConsentFact = readonly [fact: 'offers' | 'personalisation', value: Consent];

function consentsOf(name: string, properties: CustomerActed['properties']): ConsentFact[] {
  if (consentBearers.has(name)) return consents(properties);
  return mayRefuse(name) ? consents(properties).filter(([, value]) => value === 'denied') : [];
}

function consents(properties: Readonly<Record<string, unknown>>): ConsentFact[] {
  return (['offers', 'personalisation'] as const).flatMap((fact): ConsentFact[] => {
    const word = properties[fact];
    if (word === true || word === 'granted') return [[fact, 'granted']];
    return word === false || word === 'denied' ? [[fact, 'denied']] : [];
  });
}

/** The standing that facts add up to; nothing known is no consent, no difficulty, no apology. */
export function standingOf(facts: readonly Pick<Fact, 'fact' | 'value'>[]): Standing {
  const word = new Map(facts.map(({ fact, value }) => [fact, value]));
  const consent = (fact: 'offers' | 'personalisation') => (word.get(fact) ?? 'unknown') as Consent;
  return {
    offers: consent('offers'),
    personalisation: consent('personalisation'),
    inDifficulty: word.get('inDifficulty') === 'yes',
    openApology: word.get('openApology') === 'yes',
  };
}
