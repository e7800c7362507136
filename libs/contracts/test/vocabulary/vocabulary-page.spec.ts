import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { vocabularyFile, vocabularyText } from '../../publishing/documents.ts';
import { everyTerm } from './builders.ts';

test('docs/vocabulary.md is up to date; if not: npm run publish-contracts -w @sestante/contracts', () => {
  expect(readFileSync(vocabularyFile, 'utf8')).toBe(vocabularyText);
});

test('the page links to the heading of each activity', () => {
  const headings = [...vocabularyText.matchAll(/^### (\S+)$/gm)].map(([, name]) => name!);
  const links = [...vocabularyText.matchAll(/\[(\S+)\]\(#(\S+?)\)/g)].filter(([, name]) => name !== 'products');
  expect(headings).toEqual(everyTerm.map(([name]) => name));
  expect(links.map(([, name, anchor]) => [name, anchor])).toEqual(
    headings.map((name) => [name, name.replaceAll('.', '')]),
  );
});

test('every row of a table has three or four cells', () => {
  const cells = vocabularyText
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').length - 2);
  expect(new Set(cells)).toEqual(new Set([3, 4]));
});
