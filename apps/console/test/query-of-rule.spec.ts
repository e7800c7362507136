import { describe, expect, test } from '@jest/globals';
import { isRule, queryOf, type Rule, ruleOf } from '../src/rules/query-of-rule.ts';

const low: Rule = { field: 'trust.mood', operator: 'below', value: 40 };
const known: Rule = { field: 'trust.mood', operator: 'present' };
const denied: Rule = { field: 'consents.offers', operator: 'equals', value: 'denied' };

describe('a rule that is edited', () => {
  test.each<[string, Rule]>([
    ['one condition', low],
    ['a condition without a value', known],
    ['all of several', { all: [low, denied] }],
    ['any of several', { any: [low, { all: [known, denied] }] }],
    ['not a condition', { not: low }],
    ['not any', { not: { any: [low, denied] } }],
    ['not not', { not: { not: { all: [low, denied] } } }],
    ['within all', { all: [low, { not: denied }] }],
  ])('stays as it is: %s', (_, rule) => {
    expect(ruleOf(queryOf(rule))).toEqual(rule);
  });

  test('of one group with one condition is that condition', () => {
    expect(ruleOf(queryOf({ all: [low] }))).toEqual(low);
  });

  test('that is empty stands for everybody', () => {
    expect(ruleOf(queryOf(undefined))).toBeUndefined();
    expect(ruleOf({ combinator: 'and', rules: [{ combinator: 'or', rules: [] }] })).toBeUndefined();
  });

  test.each([[undefined], [null], [''], [[]]])('is incomplete while a value is %p', (value: unknown) => {
    const condition = { field: 'trust.mood', operator: 'below', value };
    expect(
      ruleOf({ combinator: 'and', rules: [{ field: 'loyal', operator: 'equals', value: false }, condition] }),
    ).toBe('incomplete');
  });
});

describe('a rule in an address', () => {
  test('is one if its parts have the shape of rules', () => {
    expect(isRule({ all: [low, { not: denied }] })).toBe(true);
  });

  test.each([
    ['text', 'below'],
    ['list', [low]],
    ['null', null],
    ['no operator', { field: 'loyal' }],
    ['a part', { all: [1] }],
  ])('is none: %s', (_, value) => {
    expect(isRule(value)).toBe(false);
  });

  test('is at most 8 levels deep', () => {
    const deep = (levels: number): Rule => (levels === 1 ? low : { not: deep(levels - 1) });
    expect([7, 8, 9].map((levels) => isRule(deep(levels)))).toEqual([true, true, false]);
  });
});
