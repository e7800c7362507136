import { describe, expect, test } from '@jest/globals';
import { askedFields, documentOf } from '../src/index.ts';
import { ruleOf } from './rule-of.ts';

const document = {
  all: [
    { field: 'trust.mood', operator: 'below', value: 40 },
    { any: [{ not: { field: 'overall', operator: 'present' } }, { field: 'loyal', operator: 'equals', value: false }] },
    { field: 'consents.offers', operator: 'one-of', value: ['granted'] },
    { field: 'lastSeenAt', operator: 'before', value: '2026-11-28T12:00:00.000Z' },
    { field: 'trust.mood', operator: 'at-least', value: 0 },
  ],
};

describe('a rule that was read', () => {
  test('has its document', () => {
    expect(documentOf(ruleOf(document))).toEqual(document);
  });

  test('has instants in UTC', () => {
    const local = { field: 'lastSeenAt', operator: 'after', value: '2026-11-28T12:00:00+01:00' };
    expect(documentOf(ruleOf(local))).toEqual({ ...local, value: '2026-11-28T11:00:00.000Z' });
  });

  test('names the fields that it asks for', () => {
    expect(askedFields(ruleOf(document)).map(({ name }) => name)).toEqual([
      'trust.mood',
      'overall',
      'loyal',
      'consents.offers',
      'lastSeenAt',
      'trust.mood',
    ]);
  });
});
