import fc from 'fast-check';
import type { Activity, Evidence, Model, ModelDocument, RuleDocument } from '../src/index.ts';
import { channels, compileModel, read, vouchers } from '../src/index.ts';
import { aModelDocument, aRule, daysAgo } from '../src/testing/index.ts';

const trust = (valence: number): RuleDocument['signals'] => [{ element: 'trust', weight: 1, valence }];
const effort: RuleDocument['signals'] = [{ element: 'efficiency', weight: 0.5, valence: 0.1 }];

/** A model with every kind of matter. A page is trusted by half. */
export const matterDocument: ModelDocument = aModelDocument({
  trustOf: { page: 0.5 },
  purchases: { activities: ['order.completed'], oncePer: { property: 'order_id' }, amount: 'revenue' },
  rules: [
    aRule({
      activity: 'order.completed',
      oncePer: { property: 'order_id' },
      signals: [{ element: 'value', weight: 1, valence: 0.8, amount: 'revenue' }],
    }),
    aRule({
      activity: 'order.completed',
      when: { field: 'activity.properties.revenue', operator: 'present' },
      oncePer: { property: 'order_id' },
      signals: [{ element: 'relevance', weight: 0.5, valence: 0.7 }],
    }),
    aRule({ activity: 'order.completed', signals: [{ element: 'control', weight: 0.1, valence: 0.9 }] }),
    aRule({
      activity: 'promise.kept',
      oncePer: { property: 'order_id', matter: 'delivery day' },
      signals: trust(0.9),
    }),
    aRule({
      activity: 'promise.broken',
      oncePer: { property: 'order_id', matter: 'delivery day' },
      signals: [...trust(0), ...effort],
    }),
    aRule({ activity: 'contact.opened', again: { property: 'order_id' }, signals: effort }),
    aRule({
      activity: 'contact.opened',
      again: { property: 'order_id', inOtherChannel: true },
      signals: [{ element: 'coherence', weight: 1, valence: 0.2 }],
    }),
    aRule({
      activity: 'product.viewed',
      oncePer: { minutes: 60 },
      signals: [{ element: 'relevance', weight: 0.1, valence: 0.6 }],
    }),
  ],
});

export const matterModel: Model = compileModel(matterDocument);

/** An activity of one of two members of a customer. */
export interface Act {
  readonly member: 0 | 1;
  readonly activity: Activity;
}

const properties = fc.record(
  { order_id: fc.constantFrom('o-1', 'o-2', 3, '3'), revenue: fc.constantFrom(0, 5, 20) },
  { requiredKeys: [] },
);

const activity: fc.Arbitrary<Activity> = fc.record({
  activityId: fc.uuid(),
  name: fc.constantFrom('order.completed', 'promise.kept', 'promise.broken', 'contact.opened', 'product.viewed'),
  at: fc.integer({ min: 0, max: 8 }).map((halfHours) => daysAgo(100) + halfHours * 1_800_000),
  channel: fc.constantFrom(...channels),
  vouchedBy: fc.constantFrom(...vouchers),
  properties,
});

/** What two members of a customer did within a few hours: many of them tell about the same matters. */
export const acts: fc.Arbitrary<readonly Act[]> = fc.uniqueArray(
  fc.record({ member: fc.constantFrom(0 as const, 1 as const), activity }),
  { maxLength: 25, selector: (act) => act.activity.activityId },
);

export const readAll = (given: readonly Act[]): Evidence[] => given.map((act) => read(matterModel, act.activity));

const sorted = (tellings: readonly Evidence[], ...orders: ((one: Evidence) => number | string)[]): Evidence[] =>
  tellings.toSorted((one, other) => {
    for (const order of orders) {
      if (order(one) !== order(other)) return order(one) < order(other) ? -1 : 1;
    }
    return 0;
  });

/** The evidence with only what counts, by the words of the README: every matter on its own, without `settle`. */
export function settledByHand(evidence: readonly Evidence[]): Evidence[] {
  const distrust = (one: Evidence) => -matterModel.trustOf[one.vouchedBy];
  const [at, id] = [(one: Evidence) => one.at, (one: Evidence) => one.activityId];
  const standsFor = (key: string, one: Evidence) => {
    const about = (other: Evidence) => other.purchase?.once === key || other.signals.some(({ once }) => once === key);
    return sorted(evidence.filter(about), distrust, at, id)[0] === one;
  };
  const isRepeat = (key: string, one: Evidence, inOtherChannel: boolean) => {
    const [first, ...repeats] = sorted(
      evidence.filter(({ signals }) => signals.some(({ again }) => again === key)),
      at,
      id,
    );
    if (!inOtherChannel) return one !== first;
    const elsewhere = repeats.filter(({ channel }) => channel !== first?.channel);
    return elsewhere.find(({ channel }) => channel === one.channel) === one;
  };
  return evidence.map(({ purchase, ...one }, index) => {
    const original = evidence[index]!;
    const signals = one.signals.filter(({ once, again, inOtherChannel }) => {
      if (once !== undefined) return standsFor(once, original);
      return again === undefined || isRepeat(again, original, inOtherChannel === true);
    });
    const counts = purchase !== undefined && (purchase.once === undefined || standsFor(purchase.once, original));
    return counts ? { ...one, signals, purchase } : { ...one, signals };
  });
}
