import { describe, expect, test } from '@jest/globals';
import { consentActivities, nameOfTitle, vocabulary } from '@sestante/contracts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, sourceFiles } from './sources.ts';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const parsed = <T>(path: string) => JSON.parse(read(path)) as T;
const fieldsOf = (name: string) => ({ ...vocabulary[name]?.must, ...vocabulary[name]?.may });

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

interface Rule {
  readonly activity: string;
  readonly [part: string]: Json;
}

/** The properties that a rule reads, with whether it needs a number. */
function propertiesOf(rule: Json, key = ''): (readonly [property: string, isNumber: boolean])[] {
  if (typeof rule === 'string') {
    if (key === 'field') return [[rule.replace('activity.properties.', ''), false]];
    if (['oncePer.property', 'again.property', 'daysAfter', 'hoursAfter'].includes(key)) return [[rule, false]];
    return ['property', 'amount', 'dividedBy'].includes(key) ? [[rule, true]] : [];
  }
  if (Array.isArray(rule)) return rule.flatMap((one: Json) => propertiesOf(one, key));
  if (typeof rule !== 'object' || rule === null) return [];
  const isMatter = key === 'oncePer' || key === 'again';
  return Object.entries(rule).flatMap(([name, part]) => propertiesOf(part, isMatter ? `${key}.${name}` : name));
}

describe.each(['retail-1', 'retail-2'])('the activities and properties of the model %s', (version) => {
  const { rules } = parsed<{ rules: readonly Rule[] }>(`libs/services/scoring/models/${version}.json`);
  const properties = rules.flatMap((rule) => propertiesOf(rule).map((read) => [rule.activity, ...read] as const));

  test.each([...new Set(rules.map(({ activity }) => activity))])('%s is in the vocabulary', (activity) => {
    expect(Object.keys(vocabulary)).toContain(activity);
  });

  test.each(properties)('%s: %s is a field, and a number if it has to be: %s', (activity, property, isNumber) => {
    expect(fieldsOf(activity)[property]?.typeName).toMatch(isNumber ? /^a number/ : /./);
  });
});

describe('the activities of the offer templates', () => {
  const templates = parsed<readonly { trigger: { activities: string[] }; words: object }[]>(
    'libs/services/offers/templates/first.json',
  );
  const triggers = templates.flatMap(({ trigger, words }) => [...trigger.activities, ...Object.keys(words)]);

  test.each([...new Set([...consentActivities, ...triggers])])('%s is in the vocabulary', (activity) => {
    expect(Object.keys(vocabulary)).toContain(activity);
  });
});

/** The folders with example events. */
const senders = /^(tools\/(demo|replay)|bench\/load|apps\/standalone\/src)\//;

describe('the events of examples, demos and benchmarks', () => {
  const sources = sourceFiles().filter(({ path }) => senders.test(path));
  const titles = [read('README.md'), ...sources.map(({ text }) => text)].flatMap((text) =>
    [...text.matchAll(/"?event"?: ?['"]([^'"]+)['"]/g)].map(([, title]) => title!),
  );

  test.each([...new Set(titles)])('%s is a title of the vocabulary', (title) => {
    expect(titles.length).toBeGreaterThan(15);
    expect(nameOfTitle(title)).toBeDefined();
  });
});
