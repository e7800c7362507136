import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { codeOf, readCode, readOfferId } from '../src/index.ts';
import { hash } from '../src/hash.ts';

describe('the code of an offer', () => {
  it('is ten characters of Crockford base 32', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.uint8Array()), (seed) => {
        expect(codeOf(seed)).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);
      }),
    );
  });

  it('never changes', () => {
    expect(codeOf('5f0c1c0e-6f59-5c3c-9d37-0f7f5f3c7a02')).toMatchInlineSnapshot(`"MNESRNZVKA"`);
    expect(codeOf('')).toMatchInlineSnapshot(`"3C3XED0QWY"`);
  });

  it('is the same for a text as for its bytes', () => {
    expect(codeOf(new TextEncoder().encode('5f0c1c0e'))).toBe(codeOf('5f0c1c0e'));
  });

  it('differs for each of 200,000 similar ids', () => {
    const codes = new Set<string>();
    for (let index = 0; index < 200_000; index++)
      codes.add(codeOf(`0199c0de-0000-7000-8000-${String(index).padStart(12, '0')}`));
    expect(codes.size).toBe(200_000);
  });

  it('uses every character at every position', () => {
    const charactersAt = Array.from({ length: 10 }, () => new Set<string>());
    for (let index = 0; index < 2_000; index++) {
      [...codeOf(`offer ${index}`)].forEach((character, position) => charactersAt[position]?.add(character));
    }
    expect(charactersAt.map(({ size }) => size)).toEqual(Array.from({ length: 10 }, () => 32));
  });
});

describe('the hash', () => {
  it.each([
    ['a', 7929297801672961],
    ['b', 8684336938537663],
    ['revenge', 4051478007546757],
    ['revenue', 8309097637345594],
  ])('of %j is the published value', (text, value) => {
    expect(hash(text)).toBe(value);
  });
});

describe('a typed code', () => {
  it('is read in lower case, in groups, with O for 0 and I or L for 1', () => {
    fc.assert(
      fc.property(fc.string(), fc.infiniteStream(fc.nat({ max: 9 })), (seed, dice) => {
        const code = codeOf(seed);
        const typed = [...code].map((digit) => {
          const way = dice.next().value as number;
          const sign = digit === '0' && way < 5 ? 'o' : digit === '1' && way < 5 ? (way < 3 ? 'I' : 'l') : digit;
          return (way % 2 ? sign.toLowerCase() : sign) + (way === 7 ? ' ' : way === 8 ? '-' : '');
        });
        expect(readCode(typed.join(''))).toBe(code);
      }),
    );
  });

  it.each(['mnesr\u2013nzvka', 'MNES.RNZV.KA', 'ｍｎｅｓｒｎｚｖｋａ', '\u200bMNESRNZVKA\u00a0'])(
    'is read with typographic characters: %j',
    (typed) => {
      expect(readCode(typed)).toBe('MNESRNZVKA');
    },
  );

  it('is never read as another code', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        fc.pre(codeOf(one) !== codeOf(other));
        expect(readCode(codeOf(one).toLowerCase())).not.toBe(codeOf(other));
      }),
    );
  });

  it.each(['', 'MNESRNZVK', 'MNESRNZVKAA', 'MNESRNZVKU', 'MNESRNZVK!', 'AUTUMN', '%'])(
    'is undefined for %j',
    (typed) => {
      expect(readCode(typed)).toBeUndefined();
    },
  );
});

describe('the id of an offer', () => {
  const id = '5f0c1c0e-6f59-5c3c-9d37-0f7f5f3c7a02';

  it.each([id, id.toUpperCase(), `{${id.toUpperCase()}}`, ` ${id}\n`])(
    'is read in capitals and braces: %j',
    (written) => {
      expect(readOfferId(written)).toBe(id);
    },
  );

  it.each(['', 'o-1', 'MNESRNZVKA', id.slice(1), `${id}0`, id.replaceAll('-', '')])(
    'is undefined for %j',
    (written) => {
      expect(readOfferId(written)).toBeUndefined();
    },
  );
});
