import type { ActivityScored, ScoreChanged, Standing } from '@sestante/contracts';
import { idOf, type MoveMessage } from '@sestante/contracts/testing';
import type { Template } from '@sestante/offer-policy';
import type { DecisionContext } from '../src/decide-batch.ts';

export { aMerge, aSplit, idOf, type MoveMessage } from '@sestante/contracts/testing';

export const minute = 60_000;
export const day = 24 * 60 * minute;
/** The instant of the tests that have one: 20 November 2026, noon. */
export const noon = Date.UTC(2026, 10, 20, 12);
export const iso = (instant: number) => new Date(instant).toISOString();

let count = 0;
const newActivityId = () => idOf(`activity ${++count}`);
const score = { bond: 60, mood: 60, drop: 0, confidence: 0.5 };

/** The standing of a customer with consent to offers and personalisation, without a difficulty and without an open apology. */
export const yes: Standing = {
  offers: 'granted',
  personalisation: 'granted',
  inDifficulty: false,
  openApology: false,
  preferences: {},
};
/** The standing of a customer without any values. */
export const unknown: Standing = { ...yes, offers: 'unknown', personalisation: 'unknown' };

/** The coupon of a customer with consent was denied at the till, and the value fell. Each call makes a new activity unless `activityId` is given. */
export function aMove(name: string, over: Partial<ScoreChanged> = {}): ScoreChanged {
  const { timestamp = iso(noon) } = over;
  return {
    customerId: idOf(name),
    memberId: idOf(`member of ${name}`),
    moves: 0,
    activityId: newActivityId(),
    name: 'coupon.denied',
    channel: 'store',
    vouchedBy: 'secret',
    timestamp,
    receivedAt: timestamp,
    properties: {},
    standing: yes,
    scores: {
      version: 1,
      model: 'test-1',
      at: iso(noon),
      overall: 60,
      elements: {
        value: { bond: 60, mood: 40, drop: 12, confidence: 0.5 },
        efficiency: score,
        trust: score,
        coherence: score,
        relevance: score,
        control: score,
      },
    },
    change: { value: { bond: -2, mood: -10 } },
    ...over,
  };
}

/** What the service reads: an activity with the scores after it, or a move of members. */
export type Input = ActivityScored | ScoreChanged | MoveMessage;

/** The activity as the cause of a decision. */
export const causeOf = ({ activityId, name, channel, timestamp }: ActivityScored) => ({
  activityId,
  name,
  channel,
  timestamp,
});

/** An activity that changes no score: a page view on the web. */
export function anActOf(name: string, over: Partial<ActivityScored> = {}): ActivityScored {
  const { change: _, ...act } = aMove(name, { name: 'page.viewed', channel: 'web', ...over });
  return act;
}

/** A discount after a denied coupon, practically without a cap. */
export function aTemplate(over: Partial<Template> = {}): Template {
  return {
    template: 'discount',
    version: 1,
    kind: 'economic',
    element: 'value',
    trigger: { activities: ['coupon.denied'] },
    commercial: true,
    title: '10 % off',
    reason: 'We noticed: {activity}.',
    terms: 'Once.',
    validDays: 7,
    benefit: 8,
    margin: 4,
    caps: { perCustomer: 1_000, perDays: 30 },
    ...over,
  };
}

/** A context with one template, and a contact policy that allows everything. */
export function aContext(over: Partial<DecisionContext> = {}): DecisionContext {
  let codes = 0;
  return {
    templates: [aTemplate()],
    contactPolicy: { version: 1, policy: { perDays: 7, most: 1_000, staleAfterHours: 24, holdoutShare: 0 } },
    recent: new Map(),
    now: noon,
    newCode: () => `CODE${++codes}`,
    ...over,
  };
}
