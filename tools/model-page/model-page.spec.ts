import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { vocabulary } from '@sestante/contracts';
import type { RuleDocument } from '@sestante/engagement';
import { conditionInWords } from './condition-in-words.ts';
import { pageFile, pageText } from './page-file.ts';
import { countsIn, signalsIn } from './rule-in-words.ts';
import { unread } from './unread.ts';

const because = { en: 'a', de: 'b', it: 'c' };
const rule = (changes: Partial<RuleDocument>): RuleDocument => ({
  activity: 'order.completed',
  signals: [{ element: 'value', weight: 1, valence: 0.9 }],
  because,
  ...changes,
});

it('docs/retail-2.md is up to date; if not: npm run model-page', () => {
  expect(readFileSync(pageFile, 'utf8')).toBe(pageText());
});

it('the activities that move an element are counted and listed', () => {
  const row = pageText()
    .split('\n')
    .find((line) => line.startsWith('| control |'))!;
  const names = [...row.matchAll(/\[([^\]]+)\]\(/g)].map(([, name]) => name);
  expect(names).toContain('consent.updated');
  expect(row).toContain(`| ${names.length}: `);
});

it('every activity of the vocabulary gives evidence, or there is a reason why not', () => {
  const [read = '', rest = ''] = pageText().split('## Activities that give no evidence');
  const named = (text: string) => [...new Set([...text.matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name!))];
  expect(named(rest).sort()).toEqual(Object.keys(unread).sort());
  expect([...named(read), ...named(rest)].sort()).toEqual(Object.keys(vocabulary).sort());
});

describe('a rule in words', () => {
  it.each<[string, RuleDocument['signals'][number]]>([
    ['value 1 → 90', { element: 'value', weight: 1, valence: 0.9 }],
    [
      'value 0.5 × `revenue` / usual → 0 at -0.3, 100 at 0.3: `discount` / (`revenue` + `discount`)',
      {
        element: 'value',
        weight: 0.5,
        amount: 'revenue',
        valence: { property: 'discount', dividedBy: ['revenue', 'discount'], zeroAt: -0.3, oneAt: 0.3 },
      },
    ],
    [
      'trust 2 → 0 at 2, 100 at 0: days after `promised_for`',
      { element: 'trust', weight: 2, valence: { daysAfter: 'promised_for', zeroAt: 2, oneAt: 0 } },
    ],
    [
      'trust 0.1 × `points`, at most 2 → 0 at 24, 100 at 0: hours after `opened_at`',
      {
        element: 'trust',
        weight: { property: 'points', times: 0.1, most: 2 },
        valence: { hoursAfter: 'opened_at', zeroAt: 24, oneAt: 0 },
      },
    ],
    [
      'trust 1 → 0 at 1, 100 at `scale_max` (or 5): `rating`',
      {
        element: 'trust',
        weight: 1,
        valence: { property: 'rating', zeroAt: 1, oneAt: { property: 'scale_max', otherwise: 5 } },
      },
    ],
  ])('has its signals: %s', (words, signal) => {
    expect(signalsIn(rule({ signals: [signal] }))).toBe(words);
  });

  it('says what counts', () => {
    expect(countsIn(rule({}))).toBe('');
    expect(countsIn(rule({ oncePer: { property: 'query', minutes: 10 } }))).toBe('once per `query` and 10 minutes');
    expect(countsIn(rule({ oncePer: { property: 'order_id', matter: 'return' } }))).toBe(
      'once per `order_id` (return)',
    );
    expect(countsIn(rule({ again: { property: 'contact_id', inOtherChannel: true } }))).toBe(
      'once in each other channel for the same `contact_id`',
    );
    expect(countsIn(rule({ again: { property: 'order_id' } }))).toBe('from the second time for the same `order_id`');
    const when = { field: 'activity.properties.days_late', operator: 'present' } as const;
    expect(countsIn(rule({ when }))).toBe('if `days_late` is known');
  });

  it.each([
    [1, 'minute'],
    [10, '10 minutes'],
    [60, 'hour'],
    [120, '2 hours'],
    [1_440, 'day'],
    [2_880, '2 days'],
  ])('says how long %d minutes are: %s', (minutes, words) => {
    expect(countsIn(rule({ oncePer: { minutes } }))).toBe(`once per ${words}`);
  });

  const late = { field: 'activity.properties.days_late', operator: 'at-least', value: 2 } as const;
  const store = { field: 'activity.channel', operator: 'one-of', value: ['store', 'web'] } as const;
  const given = { field: 'activity.properties.reason', operator: 'present' } as const;

  it.each([
    [late, '`days_late` at least 2'],
    [{ ...late, operator: 'equals', value: true } as const, '`days_late` is true'],
    [store, '`channel` one of store, web'],
    [{ not: given }, '`reason` is unknown'],
    [
      { all: [late, { any: [store, { not: given }] }] },
      '`days_late` at least 2 and (`channel` one of store, web or `reason` is unknown)',
    ],
    [{ not: { all: [late, given] } }, 'not (`days_late` at least 2 and `reason` is known)'],
  ])('has the condition %j: %s', (when, words) => expect(conditionInWords(when)).toBe(words));
});
