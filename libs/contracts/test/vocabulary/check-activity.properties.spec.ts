import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkActivity, vocabulary } from '../../src/index.ts';
import { everyTerm, fieldsOf } from './builders.ts';

const names = Object.keys(vocabulary);
const name = fc.constantFrom(...names);
const json = fc.jsonValue({ maxDepth: 3 });
/** Fields of the term and other fields, with any values. */
const properties = name.chain((known) =>
  fc.record({
    name: fc.constant(known),
    given: fc.dictionary(
      fc.oneof(fc.constantFrom(...Object.keys(fieldsOf(vocabulary[known]!)), 'own'), fc.string()),
      json,
    ),
  }),
);

describe('any properties of an activity', () => {
  test('are accepted without an error and without a change of the argument; each reason names the activity', () => {
    fc.assert(
      fc.property(properties, ({ name: known, given }) => {
        const before = structuredClone(given);
        for (const { reason } of checkActivity(known, given).violations) expect(reason).toContain(known);
        expect(given).toEqual(before);
      }),
      { numRuns: 1_000 },
    );
  });

  test('stay unchanged if they are checked again', () => {
    fc.assert(
      fc.property(properties, ({ name: known, given }) => {
        const { properties: kept } = checkActivity(known, { ...vocabulary[known]!.example, ...given });
        const again = checkActivity(known, kept);
        expect(again.properties).toEqual(kept);
        expect(again.violations.filter(({ code }) => code !== 'field-missing')).toEqual([]);
      }),
    );
  });

  test('keep every field that the vocabulary does not define', () => {
    const own = fc.dictionary(
      fc.string().map((field) => `own ${field}`),
      json,
    );
    fc.assert(
      fc.property(fc.constantFrom(...everyTerm), own, ([known, { example }], more) => {
        expect(checkActivity(known, { ...example, ...more })).toEqual({
          properties: { ...example, ...more },
          violations: [],
        });
      }),
    );
  });
});

test('the properties of a custom activity stay unchanged', () => {
  const custom = fc.string().filter((given) => !names.includes(given));
  fc.assert(
    fc.property(
      fc.oneof(custom, fc.constantFrom('constructor', '__proto__', 'toString')),
      fc.object(),
      (name, properties) => {
        expect(checkActivity(name, properties).properties).toBe(properties);
      },
    ),
  );
});

test('an amount in a string is converted', () => {
  fc.assert(
    fc.property(fc.nat({ max: 1e9 }), fc.nat({ max: 4 }), (cents, digits) => {
      const total = (cents / 10 ** digits).toFixed(digits);
      expect(checkActivity('order.completed', { order_id: 'o-1', total }).properties).toEqual({
        order_id: 'o-1',
        total: Number(total),
      });
    }),
  );
});
