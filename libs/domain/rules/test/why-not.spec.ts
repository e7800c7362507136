import { expect, test } from '@jest/globals';
import { check, type RuleDocument, whyNot } from '../src/index.ts';
import { ruleOf } from './rule-of.ts';

const now = Date.parse('2026-11-28T12:00:00Z');
const customer: Readonly<Record<string, unknown>> = {
  'trust.mood': 55.234,
  'value.bond': 40,
  loyal: false,
  'activity.properties.reason': 'my neighbour Ada was ill',
  'activity.properties.days': '3',
  'activity.properties.lines': 1,
  'activity.properties.shipping': { days: 3 },
  channels: ['web', 'store'],
  lastSeenAt: Date.parse('2026-07-01T00:00:00Z'),
};
const below = { field: 'trust.mood', operator: 'below', value: 40 } as const;
const valued = { field: 'value.bond', operator: 'at-least', value: 30 } as const;
const loyal = { field: 'loyal', operator: 'equals', value: true } as const;

test.each<[RuleDocument, string]>([
  [valued, ''],
  [below, 'trust.mood must be below 40 (it is 55.2)'],
  [loyal, 'loyal must be true (it is false)'],
  [{ not: valued }, 'value.bond must not be at least 30 (it is 40)'],
  [{ not: { not: below } }, 'trust.mood must be below 40 (it is 55.2)'],
  [{ all: [below, valued, loyal] }, 'trust.mood must be below 40 (it is 55.2); loyal must be true (it is false)'],
  [{ any: [below, loyal] }, 'trust.mood must be below 40 (it is 55.2) or loyal must be true (it is false)'],
  [{ not: { any: [valued, loyal] } }, 'value.bond must not be at least 30 (it is 40)'],
  [
    { not: { all: [valued, { not: loyal }] } },
    'value.bond must not be at least 30 (it is 40) or loyal must be true (it is false)',
  ],
  [
    { field: 'activity.properties.reason', operator: 'equals', value: 'late' },
    'activity.properties.reason must be late (its text is not shown)',
  ],
  [
    { field: 'activity.properties.days', operator: 'above', value: 2 },
    'activity.properties.days must be above 2 (its text is not shown)',
  ],
  [
    { field: 'activity.properties.lines', operator: 'above', value: 2 },
    'activity.properties.lines must be above 2 (it is 1)',
  ],
  [
    { field: 'activity.properties.shipping', operator: 'equals', value: true },
    'activity.properties.shipping must be true (it is an object or a list)',
  ],
  [{ field: 'overall', operator: 'present' }, 'overall must be known (it is unknown)'],
  [{ field: 'channels', operator: 'contains', value: 'mobile' }, 'channels must contain mobile (it is web, store)'],
  [
    { field: 'consents.offers', operator: 'one-of', value: ['granted', 'denied'] },
    'consents.offers must be one of granted, denied (it is unknown)',
  ],
  [
    { field: 'lastSeenAt', operator: 'within-days', value: 30 },
    'lastSeenAt must be within the last 30 days (it is 2026-07-01T00:00:00.000Z)',
  ],
  [
    { field: 'lastSeenAt', operator: 'after', value: '2026-11-01T00:00:00Z' },
    'lastSeenAt must be after 2026-11-01T00:00:00.000Z (it is 2026-07-01T00:00:00.000Z)',
  ],
])('%j does not hold because: %s', (document, reason) => {
  expect(whyNot(check(ruleOf(document), ({ name }) => customer[name], now))).toBe(reason);
});
