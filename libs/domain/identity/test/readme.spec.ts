import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { identifierKinds, type IdentifierKind, normalise, whyUnclear } from '../src/index.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** The rows of the table whose heading has this cell, as cells. */
function rowsUnder(heading: string): string[][] {
  const lines = readme.split('\n');
  const first = lines.findIndex((line) => line.startsWith('|') && cellsOf(line).includes(heading)) + 2;
  const length = lines.slice(first).findIndex((line) => !line.startsWith('|'));
  return lines.slice(first, first + length).map(cellsOf);
}

const cellsOf = (row: string) =>
  row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
const codesIn = (cell = '') => [...cell.matchAll(/`([^`]*)`/g)].map(([, code]) => code!);
/** The examples of a cell; what stands in quotes is written as JSON. */
const textsIn = (cell?: string) =>
  codesIn(cell).map((code) => (code.startsWith('"') ? (JSON.parse(code) as string) : code));
const idsIn = (cell?: string) => codesIn(cell).map((code) => JSON.parse(code) as string | number);

/** Each example of the rows with its kind, and with the other cells of its row. */
function examplesUnder<Value>(heading: string, valuesIn: (cell?: string) => Value[]): [string, Value, ...string[]][] {
  const rows = rowsUnder(heading);
  return rows.flatMap(([kind, values, ...more]) =>
    valuesIn(values).map((value) => [kind!, value, ...more] as [string, Value]),
  );
}

/** A phone and a mailbox have forms of their own. */
const ids = identifierKinds.filter((kind) => kind !== 'phone' && kind !== 'email');
const kindsOf = (kind: string, every = identifierKinds as readonly IdentifierKind[]) =>
  kind === 'any' ? every : [kind as IdentifierKind];

describe('the README', () => {
  it.each(examplesUnder('values that are one', textsIn))(
    'says of %s that %j is compared as %s',
    (kinds, value, form) => {
      for (const kind of kindsOf(kinds, ids)) expect(normalise(kind, value)).toEqual({ kind, value: codesIn(form)[0] });
    },
  );

  it.each(rowsUnder('two values').map(([kind, values]) => [kind!, textsIn(values)] as const))(
    'says of %s that %j are two',
    (kind, values) => {
      expect(new Set(values.map((value) => normalise(kind as IdentifierKind, value)?.value)).size).toBe(values.length);
    },
  );

  it.each(examplesUnder('what is nobody', textsIn))('says of %s that %j is nobody', (kind, value) => {
    expect(kindsOf(kind).filter((one) => normalise(one, value))).toEqual([]);
  });

  it.each(examplesUnder('who is somebody', textsIn))('says of %s that %j is somebody', (kind, value) => {
    expect(normalise(kind as IdentifierKind, value)).toEqual({ kind, value });
  });

  it.each(examplesUnder('what is unclear', idsIn))('says of %s that %j is unclear: it %s', (kinds, id, why) => {
    for (const kind of kindsOf(kinds)) expect(whyUnclear(id, kind)).toContain(why);
  });

  it('says what is clear, though it looks unclear', () => {
    expect(readme).toContain('These are clear: `"12e7"` and `"4E12"`');
    expect(['12e7', '4E12'].map((id) => whyUnclear(id, 'user_id'))).toEqual([undefined, undefined]);
    expect(whyUnclear(0.731, 'device_id')).toBeUndefined();
  });
});
