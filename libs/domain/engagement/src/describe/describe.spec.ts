import { describe as group, expect, it } from '@jest/globals';
import { compileModel } from '../model/compile-model.ts';
import { aModelDocument, aRule } from '../testing/index.ts';
import { describe } from './describe.ts';

const viewed = aRule({ activity: 'product.viewed', oncePer: { minutes: 10 } });
const ordered = aRule({
  activity: 'order.completed',
  signals: [
    { element: 'relevance', weight: 1, valence: 1 },
    { element: 'value', weight: 1, valence: 1 },
  ],
});
const rules = [viewed, ordered, aRule({ activity: 'product.viewed', signals: ordered.signals })];

group('the description of a model', () => {
  const described = describe(
    compileModel(aModelDocument({ rules, purchases: { activities: ['order.completed', 'gift.bought'] } })),
  );

  it('lists each activity that the model names', () => {
    expect(described.map(({ activity, isPurchase }) => [activity, isPurchase])).toEqual([
      ['gift.bought', true],
      ['order.completed', true],
      ['product.viewed', false],
    ]);
  });

  it('has the elements that an activity can move, in their usual order', () => {
    expect(described.map(({ elements }) => elements)).toEqual([
      [],
      ['value', 'relevance'],
      ['value', 'trust', 'relevance'],
    ]);
  });

  it('has the rules as they stand in the document', () => {
    expect(described[2]?.rules).toEqual([
      { rule: 0, document: viewed },
      { rule: 2, document: rules[2] },
    ]);
  });
});
