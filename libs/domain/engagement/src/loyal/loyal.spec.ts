import { describe, expect, it } from '@jest/globals';
import type { RuleDocument } from '@sestante/rules';
import { compileModel } from '../model/compile-model.ts';
import { emptyState } from '../state/state.ts';
import { fold } from '../state/add.ts';
import { aModelDocument, anEvidence, aReason, aSignal, daysAgo, now } from '../testing/index.ts';
import { elements } from '../element.ts';
import { loyalFields } from '../rules/loyal-rule.ts';
import { loyal } from './loyal.ts';

const because = aReason('Comes often, and trusts.');
const isTrusting: RuleDocument = {
  any: [
    { not: { field: 'trust.bond', operator: 'present' } },
    { field: 'trust.bond', operator: 'at-least', value: 60 },
  ],
};
const comesOften: RuleDocument = { field: 'purchases.count', operator: 'at-least', value: 3 };
const isExpected: RuleDocument = { field: 'purchases.surprise', operator: 'below', value: 0.9 };

function modelWith(when: RuleDocument) {
  const rhythm = { shape: 1.2, rateDays: 15, elements: { value: 1 }, valence: 0, because: aReason('It is silent.') };
  const purchases = { activities: ['order.completed'] };
  return compileModel(aModelDocument({ purchases, rhythm, loyal: { when, because } }));
}

const model = modelWith({ all: [comesOften, isExpected, isTrusting] });
const bought = (...days: number[]) =>
  days.map((day) => anEvidence({ activityId: `o-${day}`, at: daysAgo(day), signals: [], purchase: {} }));
const promise = (valence: number) => anEvidence({ signals: [aSignal({ weight: 3, valence })] });
const loyaltyOf = (evidence: readonly ReturnType<typeof anEvidence>[]) => loyal(model, fold(model, evidence), now);

describe('a customer who only buys', () => {
  it('can be loyal', () => {
    expect(loyaltyOf(bought(30, 20, 10))).toMatchObject({ isLoyal: true, because });
  });

  it('is not loyal any more after a long silence', () => {
    const state = fold(model, bought(30, 20, 10));
    expect([0, -20, -700].map((days) => loyal(model, state, daysAgo(days))?.isLoyal)).toEqual([true, true, false]);
  });
});

describe('the conditions of loyal', () => {
  it('say which of them hold, with the values of the customer', () => {
    expect(loyaltyOf([...bought(20, 10), promise(0)])?.conditions).toEqual([
      { place: 'all[0]', rule: comesOften, holds: false, values: { 'purchases.count': 2 } },
      { place: 'all[1]', rule: isExpected, holds: true, values: { 'purchases.surprise': expect.any(Number) } },
      { place: 'all[2]', rule: isTrusting, holds: false, values: { 'trust.bond': expect.closeTo(200 / 7, 10) } },
    ]);
  });

  it('hold for everything that is not known, if the definition says so', () => {
    const [, , trusting] = loyaltyOf(bought(20, 10))?.conditions ?? [];
    expect(trusting).toMatchObject({ holds: true, values: { 'trust.bond': null } });
  });

  it('are the definition itself if it is not a list of all', () => {
    const { conditions = [] } = loyal(modelWith(comesOften), fold(model, bought(10)), now) ?? {};
    expect(conditions).toEqual([{ place: '', rule: comesOften, holds: false, values: { 'purchases.count': 1 } }]);
  });

  it('do not hold for somebody without evidence', () => {
    expect(loyal(model, emptyState(), now)).toMatchObject({ isLoyal: false });
  });

  it('can ask for channels, evidence, moods and drops', () => {
    const asked = modelWith({
      all: [
        { field: 'channels', operator: 'contains', value: 'store' },
        { field: 'channels.count', operator: 'equals', value: 1 },
        { field: 'trust.evidence', operator: 'equals', value: 1 },
        { field: 'trust.mood', operator: 'above', value: 60 },
        { field: 'trust.drop', operator: 'at-most', value: 0.001 },
        { field: 'trust.confidence', operator: 'above', value: 0.4 },
        { field: 'overall', operator: 'above', value: 50 },
        { not: { field: 'purchases.usualDays', operator: 'present' } },
      ],
    });
    const { conditions = [], isLoyal } = loyal(asked, fold(asked, [promise(1)]), now) ?? {};
    expect(conditions.filter(({ holds }) => !holds)).toEqual([]);
    expect(isLoyal).toBe(true);
  });
});

describe('a model without a definition of loyal', () => {
  it('does not say who is loyal', () => {
    expect(loyal(compileModel(aModelDocument()), emptyState(), now)).toBeNull();
  });
});

describe('the fields that the definition of loyal may ask', () => {
  it('all have a value for a customer with evidence for everything', () => {
    const signals = elements.map((element) => aSignal({ element }));
    const state = fold(model, [anEvidence({ signals, purchase: {} }), ...bought(20, 10)]);
    const asked = modelWith({ all: loyalFields.map(({ name }) => ({ field: name, operator: 'present' })) });
    const { conditions = [] } = loyal(asked, state, now) ?? {};
    expect(conditions.filter(({ holds }) => !holds)).toEqual([]);
    expect(conditions).toHaveLength(loyalFields.length);
  });
});
