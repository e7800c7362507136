import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { read } from './read.ts';
import { aModelDocument, anActivity, faultsOf } from '../testing/index.ts';
import { compileModel } from './compile-model.ts';

const [rule] = aModelDocument().rules;
const { trust, ...fiveElements } = aModelDocument().elements;

describe('a valid document', () => {
  it('compiles from JSON', () => {
    expect(compileModel(JSON.parse(JSON.stringify(aModelDocument()))).version).toBe('test-1');
  });

  it('has half-lives in milliseconds and shares that sum to 1', () => {
    const elements = { ...fiveElements, trust: { ...trust, weight: 5 } };
    const { halfLives, shares } = compileModel(aModelDocument({ elements }));
    expect(halfLives).toEqual({ bond: 180 * 86_400_000, mood: 7 * 86_400_000 });
    expect(shares).toEqual({ value: 0.1, efficiency: 0.1, trust: 0.5, coherence: 0.1, relevance: 0.1, control: 0.1 });
  });

  it('does not change the model when it is changed afterwards', () => {
    const document = JSON.parse(JSON.stringify(aModelDocument()));
    const model = compileModel(document);
    const before = read(model, anActivity());
    document.rules[0].signals[0].weight = 50;
    expect(read(model, anActivity())).toEqual(before);
  });
});

describe('an invalid document', () => {
  it.each([
    ['nothing', undefined, ['document: is missing']],
    ['null', null, ['document: must be an object']],
    ['an array', [], ['document: must be an object']],
    ['a blank version', aModelDocument({ version: ' ' }), ['version: must be a string of 1 to 100 characters']],
    ['an unknown field', { ...aModelDocument(), note: 'x' }, ['note: is not a known field']],
    ['a missing element', { ...aModelDocument(), elements: fiveElements }, ['elements.trust: is missing']],
    [
      'an unknown element',
      { ...aModelDocument(), elements: { ...fiveElements, trust, joy: trust } },
      ['elements.joy: is not a known field'],
    ],
    [
      'trust in somebody unknown, and too much trust',
      { ...aModelDocument(), trustOf: { till: 1, page: 1.5, secret: 'all' } },
      [
        'trustOf.till: is not a known field',
        'trustOf.secret: must be a number from 0 to 1',
        'trustOf.page: must be a number from 0 to 1',
      ],
    ],
    ['trust that is no object', { ...aModelDocument(), trustOf: 1 }, ['trustOf: must be an object']],
    ['no rules', aModelDocument({ rules: [] }), ['rules: must be an array of 1 to 1000 items']],
    ['rules that are not an array', { ...aModelDocument(), rules: {} }, ['rules: must be an array of 1 to 1000 items']],
    ['a rule that is not an object', { ...aModelDocument(), rules: [null] }, ['rules[0]: must be an object']],
    [
      'a rule without signals',
      { ...aModelDocument(), rules: [rule, { ...rule, signals: [] }] },
      ['rules[1].signals: must be an array of 1 to 20 items'],
    ],
    [
      'a rule without a reason',
      { ...aModelDocument(), rules: [{ ...rule, because: 'It was kept.' }] },
      ['rules[0].because: must be an object'],
    ],
    [
      'a list of conditions',
      { ...aModelDocument(), rules: [{ ...rule, when: [] }] },
      ['rules[0].when: must be an object'],
    ],
    [
      'a signal for an unknown element',
      { ...aModelDocument(), rules: [{ ...rule, signals: [{ element: 'joy', weight: 1, valence: 1 }] }] },
      ['rules[0].signals[0].element: must be one of value, efficiency, trust, coherence, relevance, control'],
    ],
  ])('is rejected: %s', (_, document, faults) => {
    expect(faultsOf(document)).toEqual(faults);
  });

  it.each(['Order Completed', 'order.Completed', 'order..completed', '.completed', 'order-completed'])(
    'is rejected: an activity named %j',
    (activity) => {
      const document = { ...aModelDocument(), rules: [{ ...rule, activity }] };
      expect(faultsOf(document)).toEqual([
        'rules[0].activity: must be lower-case words joined by dots, as in order.completed',
      ]);
    },
  );

  it('reports all faults at once', () => {
    const document = { ...aModelDocument({ version: '' }), halfLifeDays: { bond: 0 }, channelSpread: 3 };
    expect(faultsOf(document)).toEqual([
      'version: must be a string of 1 to 100 characters',
      'halfLifeDays.bond: must be a number above 0',
      'halfLifeDays.mood: is missing',
      'channelSpread: must be an object',
    ]);
    expect(() => compileModel(document)).toThrow(/version: must be a string of 1 to 100 characters \(and 3 more\)$/);
  });

  it('throws no other error for any value', () => {
    fc.assert(fc.property(fc.anything(), (document) => expect(faultsOf(document).length).toBeGreaterThan(0)));
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(aModelDocument())), fc.anything(), (field, value) => {
        faultsOf({ ...aModelDocument(), [field]: value });
      }),
    );
  });
});
