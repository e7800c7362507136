import { describe, expect, it } from '@jest/globals';
import { elements } from '../element.ts';
import { explain } from '../scores/explain.ts';
import { aModelDocument, anActivity, aReason, now } from '../testing/index.ts';
import { activityNamesFor } from './activity-names.ts';
import { compileModel } from './compile-model.ts';
import { read } from './read.ts';

const because = aReason('It says something.');
const rule = (activity: string, element: 'trust' | 'value' | 'control', matter?: string) => ({
  activity,
  ...(matter && { oncePer: { property: 'order_id', matter } }),
  signals: [{ element, weight: 2, valence: 0.2 }],
  because,
});

const model = compileModel(
  aModelDocument({
    purchases: { activities: ['order.completed'], oncePer: { property: 'order_id' }, amount: 'revenue' },
    rules: [
      rule('delivery.arrived', 'trust', 'delivery'),
      rule('promise.broken', 'value', 'delivery'),
      rule('page.viewed', 'control'),
      rule('invoice.sent', 'control', 'order.completed/order_id'),
    ],
  }),
);

describe('the activities on which a score depends', () => {
  it.each([
    ['trust', ['delivery.arrived', 'invoice.sent', 'order.completed', 'promise.broken']],
    ['value', ['delivery.arrived', 'invoice.sent', 'order.completed', 'promise.broken']],
    ['control', ['invoice.sent', 'order.completed', 'page.viewed']],
    ['relevance', ['invoice.sent', 'order.completed']],
    ['coherence', ['delivery.arrived', 'invoice.sent', 'order.completed', 'page.viewed', 'promise.broken']],
  ] as const)(
    '%s: those with a signal for it, purchases, and those that share a matter with them',
    (element, names) => {
      expect([...activityNamesFor(model, element)].toSorted()).toEqual(names);
    },
  );

  it('are enough to explain it', () => {
    const names = ['order.completed', 'promise.broken', 'delivery.arrived', 'page.viewed', 'invoice.sent'];
    const evidence = Array.from({ length: 60 }, (_, index) =>
      read(
        model,
        anActivity({
          activityId: `a-${index}`,
          name: names[index % names.length]!,
          at: now - (60 - index) * 86_400_000,
          channel: index % 2 === 0 ? 'web' : 'store',
          properties: { order_id: `o-${index % 7}`, revenue: 10 + index },
        }),
      ),
    );
    for (const element of elements) {
      const needed = activityNamesFor(model, element);
      const question = { element, scale: 'bond', at: now } as const;
      const some = evidence.filter(({ name }) => needed.has(name));
      expect(explain(model, some, question)).toEqual(explain(model, evidence, question));
    }
  });
});
