import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { check, holds, type LeafDocument, type Operator, type RuleDocument } from '../src/index.ts';
import { ruleOf } from './rule-of.ts';

const now = Date.parse('2026-11-28T12:00:00Z');
const dayMs = 86_400_000;
const vip = '0192f0c1-2222-7000-8000-000000000001';
const lost = '0192f0c1-2222-7000-8000-000000000002';

function evaluate(document: RuleDocument, values: Readonly<Record<string, unknown>>): boolean {
  return holds(ruleOf(document), ({ name }) => values[name], now);
}

const leaf = (field: string, operator: Operator, value?: LeafDocument['value']): LeafDocument => ({
  field,
  operator,
  ...(value !== undefined && { value }),
});

describe('a leaf', () => {
  test.each<[LeafDocument, unknown, boolean]>([
    [leaf('overall', 'above', 60), 60, false],
    [leaf('overall', 'above', 60), 60.1, true],
    [leaf('overall', 'at-least', 60), 60, true],
    [leaf('overall', 'at-least', 60), 59.9, false],
    [leaf('overall', 'below', 60), 60, false],
    [leaf('overall', 'below', 60), 59.9, true],
    [leaf('overall', 'at-most', 60), 60, true],
    [leaf('overall', 'at-most', 60), 60.1, false],
    [leaf('overall', 'equals', 60), 60, true],
    [leaf('overall', 'present'), 0, true],
    [leaf('loyal', 'equals', false), false, true],
    [leaf('loyal', 'equals', false), true, false],
    [leaf('channels', 'contains', 'store'), ['web', 'store'], true],
    [leaf('channels', 'contains', 'store'), ['web'], false],
    [leaf('channels', 'present'), [], false],
    [leaf('consents.offers', 'one-of', ['granted', 'unknown']), 'denied', false],
    [leaf('consents.offers', 'one-of', ['granted', 'unknown']), 'unknown', true],
    [leaf('lastSeenAt', 'within-days', 1), now - dayMs, false],
    [leaf('lastSeenAt', 'within-days', 1), now - dayMs + 1, true],
    [leaf('lastSeenAt', 'within-days', 1), now, true],
    [leaf('lastSeenAt', 'within-days', 1), now + 1, false],
    [leaf('lastSeenAt', 'before', '2026-11-28T13:00:00+01:00'), now - 1, true],
    [leaf('lastSeenAt', 'before', '2026-11-28T13:00:00+01:00'), now, false],
    [leaf('lastSeenAt', 'after', '2026-11-28T12:00:00Z'), now, false],
    [leaf('lastSeenAt', 'after', '2026-11-28T12:00:00Z'), now + 1, true],
    [leaf('audience', 'equals', vip), [lost, vip], true],
    [leaf('audience', 'equals', vip), [lost], false],
    [leaf('audience', 'one-of', [vip, lost]), [lost], true],
    [leaf('audience', 'one-of', [vip, lost]), [], false],
    [leaf('audience', 'equals', vip), undefined, false],
    [leaf('activity.properties.days', 'above', 2), '3', false],
    [leaf('activity.properties.days', 'equals', 2), '2', false],
    [leaf('activity.properties.gift', 'equals', true), true, true],
    [leaf('activity.properties.gift', 'one-of', ['true']), true, false],
    [leaf('activity.properties.reason', 'equals', 'late'), 'late', true],
    [leaf('activity.properties.reason', 'present'), null, false],
    [leaf('activity.properties.reason', 'present'), '', true],
  ])('%j of %j is %j', (document, value, expected) => {
    expect(evaluate(document, { [document.field]: value })).toBe(expected);
  });

  test.each<[unknown, LeafDocument]>(
    [undefined, null, Number.NaN, 'x', {}].flatMap((value) => [
      [value, leaf('trust.mood', 'above', 0)],
      [value, leaf('trust.mood', 'at-most', 100)],
      [value, leaf('trust.mood', 'equals', 50)],
      [value, leaf('lastSeenAt', 'within-days', 36_500)],
      [value, leaf('lastSeenAt', 'before', '9999-01-01T00:00:00Z')],
      [value, leaf('channels', 'contains', 'web')],
      [value, leaf('loyal', 'equals', false)],
    ]),
  )('about %p does not hold, so that not around it holds: %j', (value, document) => {
    expect(evaluate(document, { [document.field]: value })).toBe(false);
    expect(evaluate({ not: document }, { [document.field]: value })).toBe(true);
  });
});

test('a property is found by the names down to it', () => {
  const rule = ruleOf(leaf('activity.properties.shipping.days_late', 'above', 2));
  const properties = new Map([['shipping/days_late', 3]]);
  expect(holds(rule, ({ property }) => properties.get(property!.join('/')), now)).toBe(true);
});

test.each(["' or 1=1 --", '%', '*', 'late '])('a text is compared as it is: %j', (value) => {
  const document = leaf('activity.properties.reason', 'equals', value);
  expect(evaluate(document, { 'activity.properties.reason': value })).toBe(true);
  expect(evaluate(document, { 'activity.properties.reason': 'late' })).toBe(false);
});

test('a count and a last instant say of which activity and days', () => {
  const asked: unknown[] = [];
  const document = {
    all: [
      leaf('activities.order.completed.count.90d', 'at-least', 0),
      leaf('activities.order.count.count', 'at-least', 0),
      leaf('activities.order.completed.lastAt', 'before', '2026-11-28T12:00:00Z'),
    ],
  };
  expect(holds(ruleOf(document), ({ counted, lastOf }) => asked.push(counted ?? lastOf) - 1, now)).toBe(true);
  expect(asked).toEqual([{ activity: 'order.completed', days: 90 }, { activity: 'order.count' }, 'order.completed']);
});

test('a checked rule has the result and the value of every part', () => {
  const document = { any: [leaf('overall', 'above', 60), { not: leaf('loyal', 'equals', true) }] };
  expect(check(ruleOf(document), ({ name }) => (name === 'overall' ? 50 : undefined), now)).toEqual({
    kind: 'any',
    holds: true,
    parts: [
      { kind: 'leaf', holds: false, leaf: expect.objectContaining({ operator: 'above', value: 60 }), value: 50 },
      {
        kind: 'not',
        holds: true,
        parts: [{ kind: 'leaf', holds: false, leaf: expect.anything(), value: undefined }],
      },
    ],
  });
});

const leaves = fc
  .tuple(
    fc.constantFrom('trust.mood', 'overall', 'value.bond'),
    fc.constantFrom<Operator>('above', 'at-most'),
    fc.integer({ min: 0, max: 100 }),
  )
  .map((parts) => leaf(...parts));
const { rule: rules } = fc.letrec<{ rule: RuleDocument }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaves,
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    tie('rule').map((not) => ({ not })),
  ),
}));
const score = fc.double({ min: 0, max: 100, noNaN: true });
const customers = fc.record({ 'trust.mood': score, overall: score, 'value.bond': score }, { requiredKeys: [] });

describe('rules', () => {
  test('not of all is any of not', () => {
    fc.assert(
      fc.property(rules, rules, customers, (a, b, customer) => {
        expect(evaluate({ not: { all: [a, b] } }, customer)).toBe(
          evaluate({ any: [{ not: a }, { not: b }] }, customer),
        );
      }),
    );
  });

  test('do not depend on the order of their parts', () => {
    fc.assert(
      fc.property(rules, rules, customers, (a, b, customer) => {
        expect(evaluate({ all: [a, b] }, customer)).toBe(evaluate({ all: [b, a] }, customer));
        expect(evaluate({ any: [a, b] }, customer)).toBe(evaluate({ any: [b, a] }, customer));
      }),
    );
  });

  test('are checked as they hold', () => {
    fc.assert(
      fc.property(rules, customers, (document, customer: Readonly<Record<string, unknown>>) => {
        const checked = check(ruleOf(document), ({ name }) => customer[name], now);
        expect(checked.holds).toBe(evaluate(document, customer));
      }),
    );
  });
});
