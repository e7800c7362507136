import { describe, expect, test } from '@jest/globals';
import {
  attributeFields,
  audienceField,
  customerFields,
  describeFields,
  type FieldDescription,
  type LeafDocument,
  purchaseFields,
} from '../src/index.ts';
import { faultsOf } from './rule-of.ts';

const described = describeFields({
  score: customerFields,
  activity: purchaseFields,
  attribute: attributeFields(),
  audience: [audienceField],
});

/** A value of each kind. */
const values: Readonly<Record<FieldDescription['operators'][number]['value'], unknown>> = {
  number: 1,
  text: 'x',
  texts: ['x'],
  boolean: true,
  instant: '2026-11-28T12:00:00Z',
  days: 30,
  id: '0192f0c1-2222-7000-8000-000000000001',
  ids: ['0192f0c1-2222-7000-8000-000000000001'],
  any: 'x',
  none: undefined,
};

describe('the description of fields', () => {
  test('has the operators of each field, and what they compare with', () => {
    expect(described.find(({ name }) => name === 'trust.confidence')).toEqual({
      name: 'trust.confidence',
      type: 'number',
      group: 'score',
      range: [0, 1],
      operators: [
        { operator: 'equals', value: 'number' },
        { operator: 'above', value: 'number' },
        { operator: 'at-least', value: 'number' },
        { operator: 'below', value: 'number' },
        { operator: 'at-most', value: 'number' },
        { operator: 'present', value: 'none' },
      ],
    });
  });

  test('has the texts of a field that are known', () => {
    expect(described.find(({ name }) => name === 'consents.offers')?.choices).toEqual(['granted', 'denied', 'unknown']);
  });

  const leaves = described.flatMap(({ name: field, choices, range, operators }) =>
    operators.map(({ operator, value: kind }) => {
      const text = choices?.[0] ?? 'x';
      const value =
        kind === 'text' ? text : kind === 'texts' ? [text] : kind === 'number' ? (range?.[0] ?? 1) : values[kind];
      return { field, operator, ...(value !== undefined && { value }) } as LeafDocument;
    }),
  );

  test.each(leaves)('is true of rules: $field $operator', (leaf) => {
    expect(faultsOf(leaf)).toEqual([]);
  });

  test('has a field of two groups in the first', () => {
    const groups = describeFields({ first: [audienceField], second: [audienceField] });
    expect(groups.map(({ name, group }) => `${group} ${name}`)).toEqual(['first audience']);
  });

  test('has only the attributes that are asked', () => {
    expect(attributeFields(['tier', 'email']).map(({ name }) => name)).toEqual(['attributes.tier']);
  });
});
