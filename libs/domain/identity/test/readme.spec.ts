import { describe, expect, it } from '@jest/globals';
import { identifierKinds, type IdentifierKind, normalise, whyUnclear } from '../src/index.ts';
import { codesIn, readme, rowsUnder } from './readme.ts';

/** The examples of a cell. Quoted examples are JSON strings. */
const textsIn = (cell?: string) =>
  codesIn(cell).map((code) => (code.startsWith('"') ? (JSON.parse(code) as string) : code));
const idsIn = (cell?: string) => codesIn(cell).map((code) => JSON.parse(code) as string | number);

/** Each example with its kind and the other cells of its row. */
function examplesUnder<Value>(heading: string, valuesIn: (cell?: string) => Value[]): [string, Value, ...string[]][] {
  const rows = rowsUnder(heading);
  return rows.flatMap(([kind, values, ...more]) =>
    valuesIn(values).map((value) => [kind!, value, ...more] as [string, Value]),
  );
}

/** Phones and mailboxes have other forms. */
const ids = identifierKinds.filter((kind) => kind !== 'phone' && kind !== 'email');
const kindsOf = (kind: string, every = identifierKinds as readonly IdentifierKind[]) =>
  kind === 'any' ? every : [kind as IdentifierKind];

describe('the README', () => {
  it.each(examplesUnder('equal values', textsIn))('for %s: %j is compared as %s', (kinds, value, form) => {
    for (const kind of kindsOf(kinds, ids)) expect(normalise(kind, value)).toEqual({ kind, value: codesIn(form)[0] });
  });

  it.each(examplesUnder('equal phones', textsIn))('in %s: %j is compared as %s', (country, phone, form) => {
    expect(normalise('phone', phone, country)).toEqual({ kind: 'phone', value: codesIn(form)[0] });
  });

  it.each(rowsUnder('different values').map(([kind, values]) => [kind!, textsIn(values)] as const))(
    'for %s: %j are different',
    (kind, values) => {
      expect(new Set(values.map((value) => normalise(kind as IdentifierKind, value)?.value)).size).toBe(values.length);
    },
  );

  it.each(examplesUnder('nobody', textsIn))('for %s: %j is nobody', (kind, value) => {
    expect(kindsOf(kind).filter((one) => normalise(one, value))).toEqual([]);
  });

  it.each(examplesUnder('somebody', textsIn))('for %s: %j is somebody', (kind, value) => {
    expect(normalise(kind as IdentifierKind, value)).toEqual({ kind, value });
  });

  it.each(examplesUnder('unclear', idsIn))('for %s: %j is unclear because it %s', (kinds, id, why) => {
    for (const kind of kindsOf(kinds)) expect(whyUnclear(id, kind)).toContain(why);
  });

  it('lists values that look unclear but are clear', () => {
    expect(readme).toContain('These are clear: `"12e7"` and `"4E12"`');
    expect(['12e7', '4E12'].map((id) => whyUnclear(id, 'user_id'))).toEqual([undefined, undefined]);
    expect(whyUnclear(0.731, 'device_id')).toBeUndefined();
  });
});
