import { documentNode, faultText, type Rule, type RuleDocument, ruleIn } from '@sestante/rules';
import { audienceFields } from '../src/audience-fields.ts';
import type { CustomerView, ElementScore, Situation, Template } from '../src/index.ts';

export const hour = 3_600_000;
export const day = 24 * hour;
/** A Friday at noon, UTC. */
export const noon = Date.UTC(2026, 10, 20, 12);

/** An economic template that passes every gate in the default situation. */
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
    caps: { perCustomer: 1, perDays: 30 },
    ...over,
  };
}

/** A relational template that is not commercial. */
export function anApology(over: Partial<Template> = {}): Template {
  return aTemplate({ template: 'apology', kind: 'relational', element: 'trust', commercial: false, ...over });
}

/** The rule of an audience. Throws its faults. */
export function anAudience(document: RuleDocument): Rule {
  const node = documentNode(document);
  const rule = ruleIn(node, audienceFields);
  if (node.faults.length > 0) throw new Error(node.faults.map(faultText).join('; '));
  return rule;
}

export function aScore(bond: number | null, mood: number | null): ElementScore {
  const drop = bond === null || mood === null ? null : bond - mood;
  return { bond, mood, drop, confidence: bond === null ? 0 : 0.5 };
}

/** A customer who granted every consent, set no contact policy of their own, has got no offers and has no drop. */
export function aCustomer(over: Partial<CustomerView> = {}): CustomerView {
  return {
    customerId: 'customer-1',
    scores: {
      value: aScore(60, 60),
      efficiency: aScore(60, 60),
      trust: aScore(60, 60),
      coherence: aScore(60, 60),
      relevance: aScore(60, 60),
      control: aScore(60, 60),
    },
    overall: 60,
    consent: { personalisation: 'granted', offers: 'granted', measurement: 'granted' },
    channels: {},
    wishes: {},
    inDifficulty: false,
    openApology: false,
    offersMade: [],
    ...over,
  };
}

/** A coupon was denied at noon, which is now. The holdout is empty. */
export function aSituation(over: Partial<Situation> = {}): Situation {
  return {
    catalogue: [aTemplate()],
    customer: aCustomer(),
    policy: { perDays: 7, most: 2, staleAfterHours: 24, holdoutShare: 0 },
    cause: {
      activityId: 'activity-1',
      name: 'coupon.denied',
      at: noon,
      channel: 'web',
      properties: {},
      mayCause: ['economic', 'relational'],
    },
    now: noon,
    ...over,
  };
}
