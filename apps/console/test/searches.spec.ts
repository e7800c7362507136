import { expect, test } from '@jest/globals';
import { validateAudienceSearch } from '../src/features/audiences/audience-search.ts';
import { validateCustomerSearch } from '../src/features/customer/customer-search.ts';
import { validateCustomersSearch } from '../src/features/customers/customers-search.ts';
import { validateOverviewSearch } from '../src/features/overview/overview-search.ts';

test('a page keeps what it knows of its address', () => {
  const rule = { field: 'trust.drop', operator: 'at-least', value: 5 };
  const list = { rule, sort: 'trust.drop', order: 'desc', part: 'drop', columns: ['value', 'trust'] };
  expect(validateCustomersSearch(list)).toEqual(list);
  expect(validateOverviewSearch({ element: 'trust', days: 30, channel: 'web', audience: 'a' })).toEqual({
    element: 'trust',
    days: 30,
    channel: 'web',
    audience: 'a',
  });
  expect(validateCustomerSearch({ element: 'value', days: 90, at: '2026-11-01T10:00:00Z' })).toEqual({
    element: 'value',
    days: 90,
    at: '2026-11-01T10:00:00Z',
  });
  expect(validateAudienceSearch({ tab: 'members', other: 'a' })).toEqual({ tab: 'members', other: 'a' });
});

test('and leaves out everything else', () => {
  const wrong = {
    rule: 'drop table',
    sort: 'name; --',
    order: 'up',
    part: 'x',
    element: '',
    days: 8,
    channel: 'tv',
    at: 'soon',
    tab: 'x',
  };
  for (const validate of [
    validateCustomersSearch,
    validateOverviewSearch,
    validateCustomerSearch,
    validateAudienceSearch,
  ])
    expect(validate(wrong)).toEqual({});
});

test('a searched text has at most 100 characters, and an account that is a number is a text', () => {
  expect([99, 100, 101].map((length) => validateCustomersSearch({ text: 'x'.repeat(length) }).text?.length)).toEqual([
    99, 100, 100,
  ]);
  expect(validateCustomersSearch({ text: 4711 })).toEqual({ text: '4711' });
});
