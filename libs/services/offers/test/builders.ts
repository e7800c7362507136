import type { CustomerActed, ScoreChanged } from '@sestante/contracts';
import type { Template } from '@sestante/offer-policy';
import { v5 as uuidv5 } from 'uuid';
import type { Known } from '../src/decide-batch.ts';

const namespace = '0199c0de-0000-7000-8000-00000000a001';
/** The same id for the same name. */
export const idOf = (name: string) => uuidv5(name, namespace);
export const minute = 60_000;
export const day = 24 * 60 * minute;
/** The instant of the tests that have one: 20 November 2026, noon. */
export const noon = Date.UTC(2026, 10, 20, 12);
export const iso = (instant: number) => new Date(instant).toISOString();

let told = 0;
const newActivityId = () => idOf(`activity ${++told}`);
const score = { bond: 60, mood: 60, drop: 0, confidence: 0.5 };

/** A coupon of somebody was denied at the till, and the value fell. Each one has another cause unless `cause` says otherwise. */
export function aMove(name: string, over: Partial<ScoreChanged> = {}): ScoreChanged {
  return {
    customerId: idOf(name),
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
    change: { value: { bond: -2, mood: -10 } },
    cause: aCause(),
    ...over,
  };
}

export function aCause(over: Partial<ScoreChanged['cause']> = {}): ScoreChanged['cause'] {
  return { activityId: newActivityId(), name: 'coupon.denied', channel: 'store', timestamp: iso(noon), ...over };
}

/** Somebody looks at a page on the web. */
export function anActOf(name: string, over: Partial<CustomerActed> = {}): CustomerActed {
  const { timestamp = iso(noon) } = over;
  return {
    customerId: idOf(name),
    memberId: idOf(`member of ${name}`),
    activityId: newActivityId(),
    name: 'page.viewed',
    channel: 'web',
    timestamp,
    receivedAt: timestamp,
    properties: {},
    ...over,
  };
}

/** Somebody says yes to offers and to the use of the scores for them. */
export const aYesOf = (name: string, over: Partial<CustomerActed> = {}) =>
  anActOf(name, { name: 'consent.updated', properties: { offers: true, personalisation: true }, ...over });

/** A discount after a denied coupon, as often as one likes. */
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

/** One template, a policy that lets everything pass, and nobody known who has not said yes. */
export function aKnown(over: Partial<Known> & { yes?: readonly string[] } = {}): Known {
  const { yes = [], ...rest } = over;
  const standing = { offers: 'granted', personalisation: 'granted', inDifficulty: false, openApology: false } as const;
  let codes = 0;
  return {
    templates: [aTemplate()],
    policy: { perDays: 7, most: 1_000, staleAfterHours: 24, holdoutShare: 0 },
    standings: new Map(yes.map((name) => [idOf(name), standing])),
    recent: new Map(),
    now: noon,
    newCode: () => `CODE${++codes}`,
    ...rest,
  };
}
