import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { identifierKinds, type IdentifierKind, normalise } from '../src/index.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** The rows of the table in a section, as cells; code spans are what stands between the strokes. */
function rowsOf(section: string): string[][] {
  const text = readme.split(`## ${section}`)[1]!.split('\n## ')[0]!;
  const rows = text.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) => row.split('|').slice(1, -1));
}

const codesIn = (cell: string) =>
  [...cell.matchAll(/`([^`]*)`/g)].map(([, code]) => code!.replaceAll('&#8203;', '\u200b'));
const kindsIn = (cell: string) => {
  const kind = cell.trim();
  return kind === 'any'
    ? identifierKinds.filter((one) => one !== 'phone' && one !== 'email')
    : [kind as IdentifierKind];
};

describe('the README', () => {
  it.each(
    rowsOf('What is one identifier').map(([kind, value, normal]) => [kind!, codesIn(value!)[0]!, codesIn(normal!)[0]!]),
  )('says of %s that %j is compared as %j', (kinds, value, normal) => {
    for (const kind of kindsIn(kinds)) expect(normalise(kind, value)).toEqual({ kind, value: normal });
  });

  it.each(rowsOf('Who is nobody').flatMap(([kind, values]) => codesIn(values!).map((value) => [kind!, value])))(
    'says of %s that %j is nobody',
    (kind, value) => {
      const kinds = kind.trim() === 'any' ? identifierKinds : kindsIn(kind);
      expect(kinds.filter((one) => normalise(one, value))).toEqual([]);
    },
  );
});
