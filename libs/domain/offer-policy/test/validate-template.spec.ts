import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { faultText } from '@sestante/rules';
import { decide, InvalidTemplate, templateDocument, validateTemplate } from '../src/index.ts';
import { aCustomer, aScore, aSituation, aTemplate } from './builders.ts';

/** The faults of a document; none if it is a template. */
function faultsOf(document: unknown): string[] {
  try {
    validateTemplate(document);
    return [];
  } catch (error) {
    if (error instanceof InvalidTemplate) return error.faults.map(faultText);
    throw error;
  }
}

const faultsWith = (over: object) => faultsOf({ ...aTemplate(), ...over });
const condition = { field: 'trust.bond', operator: 'above', value: 0 };

describe('a valid template', () => {
  it('has its document, and is a copy', () => {
    const document = {
      ...aTemplate(),
      audience: { all: [condition, { not: { field: 'value.drop', operator: 'below', value: -100 } }] },
      channels: ['web', 'store'],
      words: { 'coupon.denied': 'a coupon was denied' },
    };
    const template = validateTemplate(document);
    expect(templateDocument(template)).toEqual(document);
    document.channels.push('till');
    expect(template.channels).toEqual(['web', 'store']);
  });

  it('stays the same if it is validated again', () => {
    const template = validateTemplate({ ...aTemplate(), audience: { any: [condition] } });
    expect(validateTemplate(JSON.parse(JSON.stringify(templateDocument(template))))).toEqual(template);
  });
});

describe('a document that is not a template', () => {
  it.each([[null], [undefined], ['text'], [7], [[]]])('as %j has one fault', (document) => {
    expect(faultsOf(document)).toEqual([
      document === undefined ? 'document: is missing' : 'document: must be an object',
    ]);
  });

  it('has a fault for every missing field', () => {
    const fields = 'template version kind element commercial title reason terms validDays benefit margin'.split(' ');
    const missing = ['trigger', ...fields, 'caps'].map((field) => `${field}: is missing`);
    expect(faultsOf({}).sort()).toEqual(missing.sort());
  });

  it('gives an error with the first fault and the number of others, not retriable', () => {
    expect(() => validateTemplate({ ...aTemplate(), version: 0, title: '' })).toThrow(InvalidTemplate);
    const faults = [
      { place: 'version', message: 'must be a whole number from 1 to 1000000' },
      { place: 'title', message: 'is missing' },
    ];
    expect(new InvalidTemplate(faults)).toMatchObject({
      name: 'InvalidTemplate',
      code: 'invalid-template',
      retriable: false,
      faults,
      message: 'The offer template is not valid: version: must be a whole number from 1 to 1000000 (and 1 more)',
    });
  });

  it('gives a template or an InvalidTemplate for any value', () => {
    const nearly = fc.tuple(
      fc.constantFrom(...Object.keys(aTemplate()), 'audience', 'words', 'channels'),
      fc.jsonValue(),
    );
    fc.assert(fc.property(fc.jsonValue(), (document) => void faultsOf(document)));
    fc.assert(
      fc.property(nearly, ([field, value]) => void faultsWith({ [field]: value })),
      { numRuns: 1_000 },
    );
  });
});

describe('bounds', () => {
  it.each([
    ['version', [1, 1_000_000], [0, 1_000_001, 1.5, '1']],
    ['validDays', [1, 366], [0, 367, 0.5, Infinity]],
    ['benefit', [-1_000_000, 0, 1_000_000], [-1_000_000.1, 1_000_000.1, Number.NaN, '8']],
    ['margin', [-1_000_000, 0, 1_000_000], [-1_000_000.1, 1_000_000.1, null]],
    ['title', ['x', 'x'.repeat(120)], ['', ' ', 'x'.repeat(121), 7]],
    ['terms', ['x', 'x'.repeat(1_000)], ['', 'x'.repeat(1_001)]],
    ['template', ['a', 'next-order.v2', 'x'.repeat(128)], ['', 'Discount', 'a b', '-a', 'a-', 'x'.repeat(129)]],
    ['kind', ['economic', 'relational'], ['gift', '']],
    ['element', ['value', 'control'], ['love', 'constructor']],
    ['commercial', [true], ['yes', 1]],
    ['channels', [['web']], [[], 'web', ['web', 'web'], [''], [7], ['x'.repeat(51)]]],
    [
      'caps',
      [{ perCustomer: 1_000, perDays: 3_650 }],
      [
        { perCustomer: 0, perDays: 1 },
        { perCustomer: 1, perDays: 3_651 },
      ],
    ],
  ])('of %s allow %j and reject %j', (field, allowed, rejected) => {
    for (const value of allowed) expect(faultsWith({ [field]: value })).toEqual([]);
    for (const value of rejected) expect(faultsWith({ [field]: value })).toHaveLength(1);
  });

  it('of the trigger are 1 to 50 different activities in lower case', () => {
    const faults = (activities: unknown) => faultsWith({ trigger: { activities } });
    const many = (count: number) => Array.from({ length: count }, (_, index) => `order.number_${index}`);
    expect([faults(many(1)), faults(many(50))]).toEqual([[], []]);
    expect([faults([]), faults(many(51))].flat()).toHaveLength(2);
    expect(faults(['a.b', 'Order Completed', 'a.b', 'order'])).toEqual([
      'trigger.activities[2]: is a duplicate',
      'trigger.activities[1]: must be a lower-case object.action, at most 128 characters',
      'trigger.activities[3]: must be a lower-case object.action, at most 128 characters',
    ]);
  });

  it.each([
    [{}, 'audience.field: is missing'],
    [{ all: [] }, 'audience.all: must be an array of 1 to 200 items'],
    [{ all: [{ ...condition, value: -1 }] }, 'audience.all[0].value: must be a number from 0 to 100'],
    [{ all: [{ ...condition, over: 3 }] }, 'audience.all[0].over: is not a known field'],
    [{ any: [{ ...condition, field: 'love.bond' }] }, 'audience.any[0].field: is not a field that can be used here'],
    [{ ...condition, field: 'loyal' }, 'audience.field: is not a field that can be used here'],
    [
      { not: { field: 'activities.order.completed.count', operator: 'above', value: 1 } },
      'audience.not.field: is not a field that can be used here',
    ],
    [{ element: 'trust', scale: 'bond', above: 0 }, 'audience.element: is not a known field'],
    ['all', 'audience: must be an object'],
    [{ all: [7] }, 'audience.all[0]: must be an object'],
  ])('of the audience reject %j: %s', (audience, fault) => {
    expect(faultsWith({ audience })).toContain(fault);
  });
});

describe('what a template must not do', () => {
  it('have a discount that is not commercial', () => {
    expect(faultsWith({ commercial: false })).toEqual(['commercial: must be true for an economic template']);
    expect(faultsWith({ kind: 'relational', commercial: false })).toEqual([]);
  });

  it('have a reason without {activity}, or with an unknown placeholder', () => {
    expect(faultsWith({ reason: 'Because we like you.' })).toEqual(['reason: must contain {activity}']);
    expect(faultsWith({ reason: 'Dear {name}, {activity}.' })).toEqual([
      'reason: has the unknown placeholder {name}: use {activity} or {element}',
    ]);
  });

  it('have an unknown field, or a text for an activity that does not trigger it', () => {
    expect(faultsWith({ audiense: {} })).toEqual(['audiense: is not a known field']);
    expect(faultsOf(JSON.parse(`{"__proto__": {}, ${JSON.stringify(aTemplate()).slice(1)}`))).toEqual([
      '__proto__: is not a known field',
    ]);
    expect(faultsWith({ words: { 'order.completed': 'you ordered' } })).toEqual([
      'words["order.completed"]: is not an activity of the trigger',
    ]);
  });
});

describe('the first catalogue', () => {
  const path = new URL('../../../services/offers/templates/first.json', import.meta.url);
  const catalogue = (JSON.parse(readFileSync(path, 'utf8')) as unknown[]).map(validateTemplate);

  it('has three templates of both kinds with different names', () => {
    expect(catalogue.map(({ template, kind, element }) => [template, kind, element])).toEqual([
      ['next-order-discount', 'economic', 'value'],
      ['apology-with-a-call', 'relational', 'trust'],
      ['first-look-invitation', 'relational', 'relevance'],
    ]);
  });

  it('makes each offer for each activity of its trigger, with a text for each activity', () => {
    const fallen = { ...aCustomer().scores, value: aScore(60, 40), trust: aScore(65, 30) };
    for (const template of catalogue) {
      for (const name of template.trigger.activities) {
        const cause = { ...aSituation().cause, name };
        const { offer } = decide(aSituation({ catalogue, cause, customer: aCustomer({ scores: fallen }) }));
        expect(offer).toMatchObject({ template: template.template });
        expect(offer?.reason).toContain(template.words?.[name] ?? 'words are missing');
        expect(offer?.reason).not.toMatch(/[{}]/);
      }
    }
  });

  it('offers an apology, and nothing commercial, to a customer in difficulty without a record of consent', () => {
    const customer = aCustomer({
      scores: { ...aCustomer().scores, value: aScore(60, 40), trust: aScore(65, 30) },
      consent: { personalisation: 'unknown', offers: 'unknown', measurement: 'unknown' },
      inDifficulty: true,
    });
    const offerFor = (name: string) =>
      decide(aSituation({ catalogue, customer, cause: { ...aSituation().cause, name } })).offer?.template;
    expect(offerFor('promise.broken')).toBe('apology-with-a-call');
    expect([offerFor('coupon.denied'), offerFor('order.completed')]).toEqual([undefined, undefined]);
  });
});
