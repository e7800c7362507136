import { describe, expect, test } from '@jest/globals';
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const sources = join(import.meta.dirname, '../src');
const languages = ['en', 'de', 'it'] as const;
type Texts = { readonly [key: string]: string | Texts };

const pages = readdirSync(join(sources, 'words/en')).map((file) => basename(file, '.json'));
const textsOf = (language: string, page: string) =>
  JSON.parse(readFileSync(join(sources, 'words', language, `${page}.json`), 'utf8')) as Texts;

/** All texts with their keys, such as `place.system`. */
const flat = (texts: Texts, before = ''): (readonly [key: string, text: string])[] =>
  Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'string' ? [[before + key, text] as const] : flat(text, `${before}${key}.`),
  );
const plural = /_(zero|one|two|few|many|other)$/;
const keysOf = (language: string, page: string) => [
  ...new Set(flat(textsOf(language, page)).map(([key]) => key.replace(plural, ''))),
];
const placeholdersOf = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name!).sort();

test('every language has a file for every page', () => {
  for (const language of languages)
    expect(readdirSync(join(sources, 'words', language)).sort()).toEqual(pages.map((page) => `${page}.json`).sort());
});

describe.each(pages)('the words of %s', (page) => {
  test.each(languages)('have every key in %s', (language) => {
    expect(keysOf(language, page).sort()).toEqual(keysOf('en', page).sort());
  });

  test.each(languages)('have every form of a number in %s', (language) => {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const keys = flat(textsOf(language, page)).map(([key]) => key);
    for (const key of keys.filter((one) => plural.test(one)).map((one) => one.replace(plural, '')))
      expect(keys).toEqual(expect.arrayContaining(needed.map((form) => `${key}_${form}`)));
  });

  test.each(languages)('say nothing empty, and insert the same values, in %s', (language) => {
    const english = new Map(flat(textsOf('en', page)));
    for (const [key, text] of flat(textsOf(language, page))) {
      expect([key, text.trim()]).not.toEqual([key, '']);
      const original = english.get(key) ?? english.get(key.replace(plural, '_other'))!;
      const isForOne = key.endsWith('_one');
      if (!isForOne) expect([key, placeholdersOf(text)]).toEqual([key, placeholdersOf(original)]);
    }
  });
});

describe.each(globSync('**/*.{ts,tsx}', { cwd: sources }).filter((file) => !file.endsWith('.d.ts')))('%s', (file) => {
  const code = readFileSync(join(sources, file), 'utf8');
  const page = /(?:useTranslation\(|TFunction<)'(\w[\w-]*)'/.exec(code)?.[1];

  test('names words that exist', () => {
    const known = page === undefined ? [] : keysOf('en', page);
    if (page === undefined) expect(code).not.toMatch(/(?<!\.)\bt\(['"`]/);
    for (const [, other, key] of code.matchAll(/\bi18next\.t\('(\w+):([^']+)'/g))
      expect(keysOf('en', other!)).toContain(key);
    for (const [, key] of code.matchAll(/(?<!\.)\bt\('([^']+)'/g)) expect(known).toContain(key);
    for (const [, prefix] of code.matchAll(/\bt\(`([^`$]+)\$\{/g))
      expect([prefix, known.some((key) => key.startsWith(prefix!))]).toEqual([prefix, true]);
  });
});
