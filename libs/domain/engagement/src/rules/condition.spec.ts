import { describe, expect, it } from '@jest/globals';
import type { ConditionDocument } from '../document/model-document.ts';
import { conditionIn } from './condition.ts';

function holds(condition: ConditionDocument, properties: Readonly<Record<string, unknown>>): boolean {
  const faults: string[] = [];
  const compiled = conditionIn({ path: 'when', value: condition, faults });
  expect(faults).toEqual([]);
  return compiled(properties);
}

function faultsOf(value: unknown): string[] {
  const faults: string[] = [];
  conditionIn({ path: 'when', value, faults });
  return faults;
}

describe('equals', () => {
  it.each([
    ['late', 'late'],
    [3, 3],
    [false, false],
    [0, -0],
  ])('holds for %j and %j', (equals, value) => {
    expect(holds({ property: 'is', equals }, { is: value })).toBe(true);
  });

  it.each([
    ['3', 3],
    ['late', 'Late'],
    [0, false],
    ['', null],
    ['', undefined],
  ])('fails for %j and %j', (equals, value) => {
    expect(holds({ property: 'is', equals }, { is: value })).toBe(false);
  });
});

describe('above and below', () => {
  it.each([
    [2, false, true],
    [3, false, false],
    [4, true, false],
    ['4', false, false],
    [null, false, false],
    [Number.NaN, false, false],
    [[4], false, false],
  ])('compare %j with 3: above %j, below %j', (is, above, below) => {
    expect(holds({ property: 'is', above: 3 }, { is })).toBe(above);
    expect(holds({ property: 'is', below: 3 }, { is })).toBe(below);
  });

  it('fail if the property is missing', () => {
    expect(holds({ property: 'is', above: -1 }, {})).toBe(false);
    expect(holds({ property: 'is', below: 1 }, {})).toBe(false);
  });
});

describe('present', () => {
  it.each([
    [{ is: 0 }, true],
    [{ is: '' }, true],
    [{ is: false }, true],
    [{ is: null }, false],
    [{ is: undefined }, false],
    [{}, false],
  ])('in %j is %j', (properties, expected) => {
    expect(holds({ property: 'is', present: true }, properties)).toBe(expected);
    expect(holds({ property: 'is', present: false }, properties)).toBe(!expected);
  });
});

describe('an invalid condition', () => {
  it.each([
    ['no test', { property: 'is' }, ['when: must have exactly one of equals, above, below, present']],
    [
      'two tests',
      { property: 'is', above: 1, below: 2 },
      ['when: must have exactly one of equals, above, below, present'],
    ],
    ['a list to equal', { property: 'is', equals: [] }, ['when.equals: must be a string, a number, true or false']],
    [
      'infinity to equal',
      { property: 'is', equals: Infinity },
      ['when.equals: must be a string, a number, true or false'],
    ],
    ['a text as limit', { property: 'is', above: '1' }, ['when.above: must be a number']],
    ['infinity as limit', { property: 'is', below: -Infinity }, ['when.below: must be a number']],
    ['a text for present', { property: 'is', present: 'yes' }, ['when.present: must be true or false']],
    ['no property', { present: true }, ['when.property: is missing']],
    ['an unknown test', { property: 'is', present: true, matches: 'x' }, ['when.matches: is not a known field']],
    ['not an object', 'days_late > 3', ['when: must be an object']],
  ])('is rejected: %s', (_, value, faults) => {
    expect(faultsOf(value)).toEqual(faults);
  });
});
