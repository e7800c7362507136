import { describe, expect, it } from '@jest/globals';
import { elements } from '../element.ts';
import { type Explanation, explain } from '../scores/explain.ts';
import { aModelDocument, anActivity, aReason, now } from '../testing/index.ts';
import { activityNamesFor } from './activity-names.ts';
import { compileModel } from './compile-model.ts';
import { read } from './read.ts';

const because = aReason('It says something.');
const signal = (element: 'trust' | 'value' | 'control') => ({ element, weight: 2, valence: 0.2 });
const rule = (activity: string, element: 'trust' | 'value' | 'control', matter?: string) => ({
  activity,
  ...(matter && { oncePer: { property: 'order_id', matter } }),
  signals: [signal(element)],
  because,
});
const stars = { property: 'stars', zeroAt: 0, oneAt: 5 };
const many = { property: 'stars', times: 1, most: 5 };

const model = compileModel(
  aModelDocument({
    purchases: { activities: ['order.completed'], oncePer: { property: 'order_id' }, amount: 'revenue' },
    rules: [
      rule('delivery.arrived', 'trust', 'delivery'),
      rule('promise.broken', 'value', 'delivery'),
      rule('page.viewed', 'control'),
      { ...rule('visit.ended', 'control'), oncePer: { minutes: 10 } },
      { ...rule('product.rated', 'control'), signals: [{ ...signal('control'), valence: stars }] },
      { ...rule('shop.rated', 'control'), signals: [{ ...signal('control'), weight: many }] },
      { ...rule('gift.sent', 'control'), signals: [{ ...signal('control'), amount: 'revenue' }] },
      { ...rule('page.left', 'control'), when: { field: 'activity.properties.stars', operator: 'below', value: 2 } },
      { ...rule('case.opened', 'control'), again: { property: 'order_id' } },
      rule('invoice.sent', 'control', 'order.completed/order_id'),
    ],
  }),
);

const ofControl = [
  'case.opened',
  'gift.sent',
  'page.left',
  'page.viewed',
  'product.rated',
  'shop.rated',
  'visit.ended',
];

/** Sums of fewer numbers differ in the last digits. */
function rounded({ score, groups, contributions }: Explanation) {
  const places = (value: number) => value.toFixed(9);
  return {
    score: score === null ? null : places(score),
    groups: groups.map((group) => ({ ...group, contribution: places(group.contribution) })),
    contributions: contributions.map(({ activityId, contribution }) => [activityId, places(contribution)]),
  };
}

describe('the activities on which a score depends', () => {
  it.each([
    ['trust', ['delivery.arrived', 'invoice.sent', 'order.completed', 'promise.broken']],
    ['value', ['delivery.arrived', 'invoice.sent', 'order.completed', 'promise.broken']],
    ['control', [...ofControl, 'invoice.sent', 'order.completed'].toSorted()],
    ['relevance', ['invoice.sent', 'order.completed']],
    ['coherence', [...ofControl, 'delivery.arrived', 'invoice.sent', 'order.completed', 'promise.broken'].toSorted()],
  ] as const)(
    '%s: those with a signal for it, purchases, and those that share a matter with them',
    (element, names) => {
      expect([...activityNamesFor(model, element).all].toSorted()).toEqual(names);
    },
  );

  it('are read without their properties if no rule and no purchase reads one', () => {
    const { all, withProperties } = activityNamesFor(model, 'coherence');
    expect([...all].filter((name) => !withProperties.has(name))).toEqual(['page.viewed', 'visit.ended']);
  });

  it('are enough to explain it', () => {
    const names = [...ofControl, 'order.completed', 'promise.broken', 'delivery.arrived', 'invoice.sent'];
    const activities = Array.from({ length: 90 }, (_, index) =>
      anActivity({
        activityId: `a-${index}`,
        name: names[index % names.length]!,
        at: now - (90 - index) * 86_400_000,
        channel: index % 2 === 0 ? 'web' : 'store',
        properties: { order_id: `o-${index % 7}`, revenue: 10 + index, stars: index % 5 },
      }),
    );
    const evidence = activities.map((activity) => read(model, activity));
    for (const element of elements) {
      const { all, withProperties } = activityNamesFor(model, element);
      const question = { element, scale: 'bond', at: now } as const;
      const some = activities
        .filter(({ name }) => all.has(name))
        .map((one) => read(model, withProperties.has(one.name) ? one : { ...one, properties: {} }));
      expect(rounded(explain(model, some, question))).toEqual(rounded(explain(model, evidence, question)));
    }
  });
});
