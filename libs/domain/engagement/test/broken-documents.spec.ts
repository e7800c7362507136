import { describe, expect, it } from '@jest/globals';
import { aModelDocument, aReason, aRule, faultsOf } from '../src/testing/index.ts';

const because = aReason('It matters.');
const signal = { element: 'trust', weight: 1, valence: 1 };
const line = { property: 'rating', zeroAt: 1, oneAt: 5 };
const purchases = { activities: ['order.completed'] };
const rhythm = { shape: 1, rateDays: 10, elements: { value: 1 }, valence: 0, because };
const isLate = { field: 'activity.properties.days_late', operator: 'above', value: 2 };

/** The test's model with changed fields. */
const broken = (changes: object): object => ({ ...aModelDocument(), ...changes });
/** The test's model with one rule, with changed fields. */
const rule = (changes: object): object => broken({ rules: [{ ...aRule(), ...changes }] });
/** The test's model with one signal, with changed fields. */
const signalOf = (changes: object): object => rule({ signals: [{ ...signal, ...changes }] });
const without = (name: string): object =>
  Object.fromEntries(Object.entries(aModelDocument()).filter(([field]) => field !== name));
const halfLives = (bond: unknown): object => broken({ halfLifeDays: { bond, mood: 7 } });
const priors = (changes: object): object => {
  const { elements } = aModelDocument();
  return broken({ elements: { ...elements, trust: { ...elements.trust, ...changes } } });
};

const loop: { all?: unknown[] } = {};
loop.all = [loop];

function nested(depth: number): unknown {
  return depth === 1 ? isLate : { not: nested(depth - 1) };
}

const deepest = `rules[0].when${'.not'.repeat(8)}`;
const sql = "'; drop table scoring.state; --";

describe('a broken model document', () => {
  it.each<[string, unknown, string[]]>([
    ['is a text', '{"version": "x"}', ['document: must be an object']],
    ['is empty', {}, ['version', 'halfLifeDays', 'elements', 'rules'].map((name) => `${name}: is missing`)],
    ['has an unknown field', broken({ halflife: 3 }), ['halflife: is not a known field']],
    ['has SQL as a field', broken({ [sql]: 1 }), [`[${JSON.stringify(sql)}]: is not a known field`]],
    [
      'has an own __proto__',
      JSON.parse(`{"__proto__": {}, ${JSON.stringify(aModelDocument()).slice(1)}`),
      ['__proto__: is not a known field'],
    ],
    ['has a long version', broken({ version: 'x'.repeat(101) }), ['version: must be a string of 1 to 100 characters']],
    ['has a number as version', broken({ version: 2 }), ['version: must be a string of 1 to 100 characters']],
    ['has no half-lives', without('halfLifeDays'), ['halfLifeDays: is missing']],
    ['has a half-life of 0', halfLives(0), ['halfLifeDays.bond: must be a number above 0']],
    ['has a half-life that is NaN', halfLives(Number.NaN), ['halfLifeDays.bond: must be a number above 0']],
    ['has a half-life as text', halfLives('180'), ['halfLifeDays.bond: must be a number above 0']],
    ['has an endless half-life', halfLives(Infinity), ['halfLifeDays.bond: must be a number above 0']],
    ['has a negative strength', priors({ strength: -1 }), ['elements.trust.strength: must be a number above 0']],
    ['has a base of 1', priors({ base: 1 }), ['elements.trust.base: must be a number above 0 and below 1']],
    ['has a base in points', priors({ base: 50 }), ['elements.trust.base: must be a number above 0 and below 1']],
    [
      'has a negative weight',
      signalOf({ weight: -1 }),
      ['rules[0].signals[0].weight: must be a number above 0 and at most 100'],
    ],
    [
      'has a weight of null',
      signalOf({ weight: null }),
      ['rules[0].signals[0].weight: must be a number above 0 and at most 100'],
    ],
    [
      'reads a weight without a limit',
      signalOf({ weight: { property: 'points', times: 1 } }),
      ['rules[0].signals[0].weight.most: is missing'],
    ],
    ['has a valence of 2', signalOf({ valence: 2 }), ['rules[0].signals[0].valence: must be a number from 0 to 1']],
    [
      'reads a valence from two places',
      signalOf({ valence: { ...line, daysAfter: 'promised_for' } }),
      ['rules[0].signals[0].valence: must have exactly one of property, daysAfter and hoursAfter'],
    ],
    [
      'reads a valence from nowhere',
      signalOf({ valence: { zeroAt: 1, oneAt: 5 } }),
      ['rules[0].signals[0].valence: must have exactly one of property, daysAfter and hoursAfter'],
    ],
    [
      'divides days',
      signalOf({ valence: { daysAfter: 'x', dividedBy: ['y'], zeroAt: 1, oneAt: 5 } }),
      ['rules[0].signals[0].valence.dividedBy: must be absent: only a property is divided'],
    ],
    [
      'divides by nothing',
      signalOf({ valence: { ...line, dividedBy: [] } }),
      ['rules[0].signals[0].valence.dividedBy: must be an array of 1 to 5 items'],
    ],
    [
      'has a line without length',
      signalOf({ valence: { ...line, oneAt: 1 } }),
      ['rules[0].signals[0].valence.oneAt: must differ from zeroAt'],
    ],
    [
      'has a scale without a default',
      signalOf({ valence: { ...line, oneAt: { property: 'max' } } }),
      ['rules[0].signals[0].valence.oneAt.otherwise: is missing'],
    ],
    [
      'has a path with an empty step',
      signalOf({ amount: 'a..b' }),
      ['rules[0].signals[0].amount: must be names joined by single dots'],
    ],
    [
      'has 21 signals',
      rule({ signals: Array(21).fill(signal) }),
      ['rules[0].signals: must be an array of 1 to 20 items'],
    ],
    [
      'has 10,000 rules',
      broken({ rules: Array(10_000).fill(aRule()) }),
      ['rules: must be an array of 1 to 1000 items'],
    ],
    ['has rules as an object', broken({ rules: { 0: aRule() } }), ['rules: must be an array of 1 to 1000 items']],
    [
      'has an activity in words',
      rule({ activity: 'Order Completed' }),
      ['rules[0].activity: must be lower-case words joined by dots, as in order.completed'],
    ],
    [
      'has a reason in one language',
      rule({ because: { en: 'So.' } }),
      ['rules[0].because.de: is missing', 'rules[0].because.it: is missing'],
    ],
    [
      'has a reason in another language',
      rule({ because: { ...because, fr: 'Voilà.' } }),
      ['rules[0].because.fr: is not a known field'],
    ],
    [
      'has a reason of 301 characters',
      rule({ because: { ...because, it: 'x'.repeat(301) } }),
      ['rules[0].because.it: must be a string of 1 to 300 characters'],
    ],
    [
      'counts once and again',
      rule({ oncePer: { minutes: 5 }, again: { property: 'x' } }),
      ['rules[0].again: must not be together with oncePer'],
    ],
    ['counts once per nothing', rule({ oncePer: {} }), ['rules[0].oncePer: must have property, minutes or both']],
    [
      'has a condition about scores',
      rule({ when: { ...isLate, field: 'trust.bond' } }),
      ['rules[0].when.field: is not a field that can be used here'],
    ],
    [
      'has SQL as an operator',
      rule({ when: { ...isLate, operator: sql } }),
      ['rules[0].when.operator: must be one of equals, one-of, above, at-least, below, at-most, present'],
    ],
    [
      'compares a number with a text',
      rule({ when: { ...isLate, value: '2' } }),
      ['rules[0].when.value: must be a number'],
    ],
    ['has a condition that is 50 deep', rule({ when: nested(50) }), [`${deepest}: must not be deeper than 8 levels`]],
    [
      'has 10,000 conditions',
      rule({ when: { any: Array(10_000).fill(isLate) } }),
      ['rules[0].when.any: must be an array of 1 to 200 items'],
    ],
    [
      'has a condition that contains itself',
      rule({ when: loop }),
      [`rules[0].when${'.all[0]'.repeat(8)}: must not be deeper than 8 levels`],
    ],
    ['has a rhythm without purchases', broken({ rhythm }), ['rhythm: needs purchases']],
    [
      'has a rhythm for no element',
      broken({ purchases, rhythm: { ...rhythm, elements: {} } }),
      ['rhythm.elements: must name at least one element'],
    ],
    [
      'has a rhythm for joy',
      broken({ purchases, rhythm: { ...rhythm, elements: { joy: 1 } } }),
      ['rhythm.elements.joy: is not a known field', 'rhythm.elements: must name at least one element'],
    ],
    [
      'has the same purchase twice',
      broken({ purchases: { activities: ['a.b', 'a.b'] } }),
      ['purchases.activities[1]: is a duplicate'],
    ],
    [
      'has no purchases in its purchases',
      broken({ purchases: { activities: [] } }),
      ['purchases.activities: must be an array of 1 to 20 items'],
    ],
    [
      'has a definition of loyal about an activity',
      broken({ loyal: { when: isLate, because } }),
      ['loyal.when.field: is not a field that can be used here'],
    ],
    [
      'has a definition of loyal about loyal',
      broken({ loyal: { when: { field: 'loyal', operator: 'equals', value: true }, because } }),
      ['loyal.when.field: is not a field that can be used here'],
    ],
    ['has a definition of loyal without a rule', broken({ loyal: { because } }), ['loyal.when: is missing']],
    ['has a spread without a reason', broken({ channelSpread: { weight: 1 } }), ['channelSpread.because: is missing']],
    [
      'trusts a page more than fully',
      broken({ trustOf: { page: 1.01 } }),
      ['trustOf.page: must be a number from 0 to 1'],
    ],
  ])('%s', (_, document, faults) => {
    expect(faultsOf(document)).toEqual(faults);
  });

  it('has all its faults named at once, in the order of the fields', () => {
    const document = { ...(signalOf({ weight: 0, valence: -1 }) as object), version: '', mostPerActivity: 101 };
    expect(faultsOf(document).map((fault) => fault.split(':')[0])).toEqual([
      'version',
      'mostPerActivity',
      'rules[0].signals[0].weight',
      'rules[0].signals[0].valence',
    ]);
  });
});

describe('a model document at its limits', () => {
  it.each([
    ['rules', [999, 1000, 1001], (count: number) => broken({ rules: Array(count).fill(aRule()) })],
    ['signals of a rule', [19, 20, 21], (count: number) => rule({ signals: Array(count).fill(signal) })],
    [
      'activities that are purchases',
      [19, 20, 21],
      (count: number) => broken({ purchases: { activities: Array.from({ length: count }, (_, i) => `a.${i}`) } }),
    ],
    [
      'terms of a sum',
      [4, 5, 6],
      (count: number) =>
        signalOf({ valence: { ...line, dividedBy: Array.from({ length: count }, (_, i) => `p${i}`) } }),
    ],
    ['characters of a version', [99, 100, 101], (count: number) => broken({ version: 'x'.repeat(count) })],
    ['characters of a reason', [299, 300, 301], (count: number) => rule({ because: aReason('x'.repeat(count)) })],
    ['characters of an activity', [127, 128, 129], (count: number) => rule({ activity: 'x'.repeat(count) })],
    ['characters of a path', [199, 200, 201], (count: number) => signalOf({ amount: 'x'.repeat(count) })],
    ['levels of a condition', [7, 8, 9], (count: number) => rule({ when: nested(count) })],
  ])('may have so many %s: %j, but not the last', (_, counts, documentWith) => {
    expect(counts.map((count) => faultsOf(documentWith(count)).length > 0)).toEqual([false, false, true]);
  });
});
