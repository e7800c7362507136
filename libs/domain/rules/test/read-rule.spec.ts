import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { longestText, mostDays, mostDepth, mostParts, mostTexts } from '../src/index.ts';
import { faultsOf } from './rule-of.ts';

const leaf = { field: 'trust.mood', operator: 'below', value: 40 };
const text = { field: 'activity.properties.reason', operator: 'equals', value: 'late' };
const audience = '0192f0c1-2222-7000-8000-000000000001';
const nested = (depth: number): unknown => (depth === 1 ? leaf : { not: nested(depth - 1) });
const wide = (leaves: number) => ({ all: Array.from({ length: leaves }, () => leaf) });

describe('a rule may be', () => {
  test.each([
    ['a leaf', leaf],
    ['all, any and not', { all: [leaf, { any: [leaf, { not: leaf }] }] }],
    ['a count in a window', { field: 'activities.order.completed.count.90d', operator: 'at-least', value: 3 }],
    ['a count of all', { field: 'activities.order.completed.count', operator: 'equals', value: 0 }],
    ['a count of an own activity', { field: 'activities.geschenk_größe.gewählt.count', operator: 'above', value: 0 }],
    ['a last instant', { field: 'activities.page.viewed.lastAt', operator: 'within-days', value: 30 }],
    ['an instant', { field: 'firstSeenAt', operator: 'before', value: '2026-11-28T12:00:00.5+01:00' }],
    ['a leap day', { field: 'firstSeenAt', operator: 'after', value: '2024-02-29T00:00:00Z' }],
    ['channels', { field: 'channels', operator: 'contains', value: 'store' }],
    ['a consent', { field: 'consents.in-app', operator: 'one-of', value: ['granted', 'unknown'] }],
    ['a property', { field: 'activity.properties.shipping.days_late', operator: 'above', value: 2 }],
    ['a property that is given', { field: 'activity.properties.promised_for', operator: 'present' }],
    ['the name of an activity', { field: 'activity.name', operator: 'one-of', value: ['order.completed'] }],
    ['an audience', { field: 'audience', operator: 'equals', value: audience }],
    ['one of several audiences', { field: 'audience', operator: 'one-of', value: [audience] }],
    ['an attribute', { field: 'attributes.birthDecade', operator: 'at-least', value: 1980 }],
    ['tags', { field: 'attributes.tags', operator: 'contains', value: 'vip' }],
    ['loyal', { field: 'loyal', operator: 'equals', value: true }],
  ])('%s', (_, document) => expect(faultsOf(document)).toEqual([]));
});

describe('a rule is not', () => {
  const unusable = 'field: is not a field that can be used here';
  const texts = `must be a string of at most ${longestText} characters, without NUL and halves of surrogate pairs`;
  const instant = 'value: must be an RFC 3339 instant, such as 2026-11-28T12:00:00Z';
  const id = 'must be an id: a UUID in lower case';
  const since = (value: unknown) => ({ field: 'firstSeenAt', operator: 'after', value });

  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'document: is missing'],
    ['null', null, 'document: must be an object'],
    ['a text', 'trust < 40', 'document: must be an object'],
    ['a list', [leaf], 'document: must be an object'],
    ['two combinations', { all: [leaf], any: [leaf] }, 'document: must have exactly one of all, any and not'],
    ['a combination with a leaf', { all: [leaf], field: 'overall' }, 'field: is not a known field'],
    ['an empty list', { all: [] }, `all: must be an array of 1 to ${mostParts} items`],
    ['a list of texts', { all: ['x'] }, 'all[0]: must be an object'],
    ['not of a list', { not: [leaf] }, 'not: must be an object'],
    ['an audience by its name', { field: 'audience', operator: 'equals', value: 'VIP' }, `value: ${id}`],
    ['an id in upper case', { field: 'audience', operator: 'one-of', value: ['A'.repeat(8)] }, `value[0]: ${id}`],
    ['any audience', { field: 'audience', operator: 'present' }, 'operator: must be one of equals, one-of'],
    ['an attribute that is personal', { field: 'attributes.email', operator: 'present' }, unusable],
    ['a misspelt name', { all: [{ ...leaf, feild: 1 }] }, 'all[0].feild: is not a known field'],
    ['an unknown field', { ...leaf, field: 'trust.moood' }, unusable],
    ['SQL as a field', { ...leaf, field: "trust.mood'; drop table x; --" }, unusable],
    ['SQL as an activity', { ...leaf, field: "activities.a'||'b.count" }, unusable],
    ['an inherited name', { ...leaf, field: 'constructor' }, unusable],
    ['__proto__ as a field', { ...leaf, field: '__proto__' }, unusable],
    ['a field that is no text', { ...leaf, field: ['overall'] }, unusable],
    ['a count of 0 days', { ...leaf, field: 'activities.order.completed.count.0d' }, unusable],
    ['a path with an empty name', { ...text, field: 'activity.properties.shipping..days' }, unusable],
    ['a path of six names', { ...text, field: 'activity.properties.a.b.c.d.e.f' }, unusable],
    ['a path with NUL', { ...text, field: 'activity.properties.a\0' }, unusable],
    ['a path with half of a surrogate pair', { ...text, field: 'activity.properties.\ud800' }, unusable],
    ['without a field', { operator: 'below', value: 40 }, 'field: is missing'],
    ['without an operator', { field: 'overall', value: 1 }, 'operator: is missing'],
    [
      'with the operator of another type',
      { ...leaf, operator: 'contains' },
      'operator: must be one of equals, above, at-least, below, at-most, present',
    ],
    [
      'with SQL as an operator',
      { ...leaf, field: 'loyal', operator: '= true --' },
      'operator: must be one of equals, present',
    ],
    ['a text for a number', { ...leaf, value: '40' }, 'value: must be a number from 0 to 100'],
    ['a number for a text', { ...leaf, field: 'activity.name', operator: 'equals' }, `value: ${texts}`],
    ['NaN', { ...leaf, value: Number.NaN }, 'value: must be a number from 0 to 100'],
    ['an infinite property', { ...text, value: Infinity }, 'value: must be a number'],
    ['without a value', { field: 'overall', operator: 'above' }, 'value: is missing'],
    [
      'a value that is not used',
      { field: 'overall', operator: 'present', value: 1 },
      'value: must be absent: present compares with nothing',
    ],
    [
      'an unknown channel',
      { field: 'channels', operator: 'contains', value: 'fax' },
      'value: must be one of web, mobile, store, service, other',
    ],
    ['yes', { field: 'loyal', operator: 'equals', value: 'yes' }, 'value: must be true or false'],
    ['equal to null', { ...text, value: null }, 'value: must be a string, a number, true or false'],
    ['one of a text', { ...text, operator: 'one-of' }, `value: must be an array of 1 to ${mostTexts} items`],
    ['one of numbers', { ...text, operator: 'one-of', value: ['a', 1] }, `value[1]: ${texts}`],
    ['a text with NUL', { ...text, value: 'a\0' }, `value: ${texts}`],
    ['a text with half of a surrogate pair', { ...text, value: 'a\udc00' }, `value: ${texts}`],
    ['a day without a time', since('2026-11-28'), instant],
    ['30 February', since('2026-02-30T00:00:00Z'), instant],
    ['29 February 2026', since('2026-02-29T00:00:00Z'), instant],
    ['month 13', since('2026-13-01T00:00:00Z'), instant],
    ['25 hours', since('2026-11-28T25:00:00Z'), instant],
    ['without a zone', since('2026-11-28T12:00:00'), instant],
    ['milliseconds', since(1_700_000_000_000), instant],
    ['half a day', { ...since(0.5), operator: 'within-days' }, `value: must be a whole number from 1 to ${mostDays}`],
  ])('%s', (_, document, fault) => expect(faultsOf(document)).toEqual([fault]));

  test('anything with __proto__ as a key', () => {
    const document: unknown = JSON.parse('{"all":[{"__proto__":{"field":"overall","operator":"present"}}]}');
    expect(faultsOf(document)).toEqual([
      'all[0].__proto__: is not a known field',
      'all[0].field: is missing',
      'all[0].operator: is missing',
    ]);
  });

  test.each(["'; drop table scoring.member; --", "' or 1=1", '$1', '"; select pg_sleep(9)', '\\', '%'])(
    'anything with SQL in its strings but in a value: %s',
    (sql) => {
      expect(faultsOf({ ...text, field: sql })).toHaveLength(1);
      expect(faultsOf({ ...text, operator: sql })).toHaveLength(1);
      expect(faultsOf({ ...text, [sql]: 1 })).toHaveLength(1);
      expect(faultsOf({ ...text, field: `activities.${sql}.count`, value: 1 })).toHaveLength(1);
      expect(faultsOf({ ...text, field: `consents.${sql}` })).toHaveLength(1);
      expect(faultsOf({ ...text, value: sql })).toEqual([]);
      expect(faultsOf({ ...text, operator: 'one-of', value: [sql] })).toEqual([]);
    },
  );

  test('one that contains itself', () => {
    const rules: unknown[] = [leaf, leaf];
    rules.push({ all: rules }, { any: rules });
    expect(faultsOf({ all: rules })).toContain(`document: must have at most ${mostParts} parts`);
    expect(faultsOf({ all: rules }).length).toBeLessThan(mostParts);
  });

  test('any other value, which never throws', () => {
    fc.assert(fc.property(fc.anything(), (document) => expect(faultsOf(document)).not.toEqual([])));
    const parts = fc.record({
      field: fc.constantFrom('overall', 'loyal', 'channels', 'x'),
      operator: fc.string(),
      value: fc.anything(),
    });
    fc.assert(fc.property(fc.array(parts), (all) => expect(Array.isArray(faultsOf({ all }))).toBe(true)));
  });
});

describe('every fault has its place', () => {
  test('in one pass', () => {
    const document = {
      all: [{ ...leaf, value: 'x' }, { any: [{ field: 'y', operator: 'like' }, leaf] }, { not: { not: {} } }],
    };
    expect(faultsOf(document)).toEqual([
      'all[0].value: must be a number from 0 to 100',
      'all[1].any[0].field: is not a field that can be used here',
      expect.stringMatching(/^all\[1\].any\[0\].operator: must be one of equals, one-of, .*, present$/),
      'all[2].not.not.field: is missing',
      'all[2].not.not.operator: is missing',
    ]);
  });

  test('with a quoted name where it is no word, cut after 100 characters', () => {
    expect(faultsOf({ ...leaf, "a.b'; drop table x": 1, ['long'.repeat(50)]: 1 })).toEqual([
      '["a.b\'; drop table x"]: is not a known field',
      `["${'long'.repeat(25)}…"]: is not a known field`,
    ]);
  });
});

describe('the limits of a rule, one below, at and above', () => {
  const around = (limit: number, document: (size: number) => unknown) =>
    [limit - 1, limit, limit + 1].map((size) => faultsOf(document(size)).length);

  test.each<[string, number, (size: number) => unknown]>([
    ['levels', mostDepth, nested],
    ['parts', mostParts, (size) => wide(size - 1)],
    ['parts of nested groups', mostParts, (size) => ({ any: [wide(100), wide(size - 103)] })],
    ['characters of a text', longestText, (size) => ({ ...text, value: 'x'.repeat(size) })],
    ['texts', mostTexts, (size) => ({ ...text, operator: 'one-of', value: Array.from({ length: size }, String) })],
    ['days', mostDays, (value) => ({ field: 'lastSeenAt', operator: 'within-days', value })],
    ['days of a count', 9_999, (days) => ({ ...leaf, field: `activities.order.completed.count.${days}d` })],
    ['characters of an activity', 128, (size) => ({ ...leaf, field: `activities.${'x'.repeat(size)}.count` })],
    ['characters of a property', 100, (size) => ({ ...text, field: `activity.properties.${'x'.repeat(size)}` })],
  ])('%s: %d', (_, limit, document) => expect(around(limit, document)).toEqual([0, 0, 1]));

  test.each([
    ['trust.mood', 0, 'least'],
    ['trust.mood', 100, 'most'],
    ['value.drop', -100, 'least'],
    ['value.drop', 100, 'most'],
    ['control.confidence', 0, 'least'],
    ['control.confidence', 1, 'most'],
    ['overall', 0, 'least'],
    ['overall', 100, 'most'],
  ])('%s: %d is the %s', (field, limit, end) => {
    const step = end === 'least' ? 0.01 : -0.01;
    const values = [limit - step, limit, limit + step];
    expect(values.map((value) => faultsOf({ ...leaf, field, value }).length)).toEqual([1, 0, 0]);
  });

  test('days: 1', () => {
    const faults = [0, 1, 2].map((value) => faultsOf({ field: 'lastSeenAt', operator: 'within-days', value }).length);
    expect(faults).toEqual([1, 0, 0]);
  });

  test.each([
    ['depth 50', nested(50), `${'not.'.repeat(mostDepth).slice(0, -1)}: must not be deeper than ${mostDepth} levels`],
    ['10,000 leaves', wide(10_000), `all: must be an array of 1 to ${mostParts} items`],
    [
      '10,000 leaves in groups',
      { any: Array.from({ length: 100 }, () => wide(100)) },
      `document: must have at most ${mostParts} parts`,
    ],
  ])('%s is one fault', (_, document, fault) => expect(faultsOf(document)).toEqual([fault]));
});
