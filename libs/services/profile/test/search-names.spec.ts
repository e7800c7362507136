import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { searchableName } from '../src/store/searchable-name.ts';

describe('names are equal', () => {
  it.each([
    ['in any case', 'ADA Lovelace', 'ada lovelace'],
    ['with and without accents', 'Zoë Müller-Lüdenscheidt', 'zoe muller ludenscheidt'],
    ['with composed and decomposed accents', 'Zoe\u0308', 'zoë'],
    ['with letters that have no accent of their own', 'Weiß Łukasz Søren Æsir', 'weiss lukasz soren aesir'],
    ['in Turkish', 'İpek Işık', 'ipek isik'],
    ['in Greek', 'ΟΔΥΣΣΕΥΣ', 'οδυσσευσ'],
    ['with any apostrophe or none', 'Niccolò D’Angelo', "niccolo d'angelo"],
    ['with an apostrophe or none', "O'Brien", 'obrien'],
    ['with any white space around and inside', '  Ada \t Lovelace\n', 'ada lovelace'],
    ['with invisible characters', 'A\u200bd\u00ada\0', 'ada'],
    ['in full-width letters', 'Ａｄａ', 'ada'],
    ['with half a character', 'ada\ud83d', 'ada'],
  ])('%s: %j and %j', (_why, one, other) => {
    expect(searchableName(one)).toBe(searchableName(other));
  });

  it.each([
    ['Ada', 'Adam'],
    ['Иван', 'Ивана'],
    ['山田', '山本'],
  ])('not if they differ: %j and %j', (one, other) => {
    expect(searchableName(one)).not.toBe(searchableName(other));
  });
});

it.each(['', ' ', '...', '😀', '\0', '\ud83d'])('%j has no letters', (name) => {
  expect(searchableName(name)).toBe('');
});

it('any text gives a text that the database stores, and that fits into an index', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 1_000 }), (name) => {
      const searchable = searchableName(name);
      expect(searchable.isWellFormed() && !/[\0\u{10ffff}]/u.test(searchable)).toBe(true);
      expect([...searchable].length).toBeLessThanOrEqual(100);
    }),
  );
});

it('the beginning of a name is the beginning of its searchable form', () => {
  const letters = fc.constantFrom('A', 'd', 'É', 'ß', 'Æ', "'", ' ', '-', 'İ', 'ø', 'Σ', '한', 'が');
  fc.assert(
    fc.property(fc.array(letters, { maxLength: 12 }), fc.nat({ max: 12 }), (name, length) => {
      const beginning = searchableName(name.slice(0, length).join(''));
      expect(searchableName(name.join('')).startsWith(beginning)).toBe(true);
    }),
  );
});
