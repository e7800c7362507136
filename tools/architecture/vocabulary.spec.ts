import { describe, expect, test } from '@jest/globals';
import { consentActivities, nameOfTitle, vocabulary } from '@sestante/contracts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, sourceFiles } from './sources.ts';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const parsed = <T>(path: string) => JSON.parse(read(path)) as T;
const fieldsOf = (name: string) => ({ ...vocabulary[name]?.must, ...vocabulary[name]?.may });

interface Rule {
  readonly activity: string;
  readonly when?: readonly { readonly property: string }[];
  readonly signals: readonly { readonly valence: number | { readonly property: string } }[];
}

describe('the activities and properties of the scoring model', () => {
  const { rules } = parsed<{ rules: readonly Rule[] }>('libs/services/scoring/models/retail-1.json');
  const properties = rules.flatMap(({ activity, when = [], signals }) => [
    ...when.map(({ property }) => [activity, property] as const),
    ...signals.flatMap(({ valence }) => (typeof valence === 'number' ? [] : [[activity, valence.property] as const])),
  ]);

  test.each([...new Set(rules.map(({ activity }) => activity))])('%s is in the vocabulary', (activity) => {
    expect(Object.keys(vocabulary)).toContain(activity);
  });

  test.each(properties)('%s: %s is a number', (activity, property) => {
    expect(fieldsOf(activity)[property]?.typeName).toMatch(/^a number/);
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
