import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { identifierKinds, normalise, whyUnclear } from '../src/index.ts';

const every = [...identifierKinds, undefined];
const spreadsheet = 'is a number in scientific notation, whose last digits are lost: export it as text';
const beyond = 'is a number beyond 2^53, whose last digits are lost in JSON: send it as a string';
const half = 'contains a NUL or a lone surrogate: send valid Unicode text';

describe('an id that lost its last digits', () => {
  it.each([
    '4,00638E+12',
    '3.93471E+11',
    '4.00638E12',
    '4E+12',
    ' 4.00638e+12\n',
    '-1,5E-7',
    '\ufeff4,00638E+12',
    '4.E+12',
    '4,00638 E+12',
    '4,00638×10^12',
    '4 * 10^12',
  ])('in a spreadsheet is unclear, for every kind: %j', (value) => {
    expect(every.map((kind) => whyUnclear(value, kind))).toEqual(every.map(() => spreadsheet));
  });

  it.each(['12e7', '4E12', 'E12', '4.5', '4,5', 'a4.5E+12', '4.5E+12a', '1.2.3E+4', '5f0c1c0e-6f59', '1e', 'v4.5e'])(
    'is not %j',
    (value) => {
      expect(every.map((kind) => whyUnclear(value, kind))).toEqual(every.map(() => undefined));
    },
  );

  it.each([
    [2 ** 53 - 2, undefined],
    [2 ** 53 - 1, undefined],
    [2 ** 53, beyond],
    [-(2 ** 53), beyond],
    [Number.NaN, beyond],
  ])('in JSON is unclear beyond 2^53: %d', (value, reason) => {
    expect(every.map((kind) => whyUnclear(value, kind))).toEqual(every.map(() => reason));
  });

  it.each([
    [100_000_000_000 - 100_000, undefined],
    [100_000_000_000, 'zeros'],
    [100_000_000_001, undefined],
    [4.00638e12, 'zeros'],
    [4.00638111e12, undefined],
  ])('in JSON is unclear if it is large and ends in zeros: %d', (value, zeros) => {
    for (const kind of ['user_id', 'loyalty_card', 'phone'] as const)
      expect(whyUnclear(value, kind)).toEqual(zeros && expect.stringContaining(zeros));
    for (const kind of ['anonymous_id', undefined] as const) expect(whyUnclear(value, kind)).toBeUndefined();
  });

  it('or has a fraction is unclear for issued ids, and clear for ids that devices generate', () => {
    const fraction = 'is a number with a fraction, which an id of this kind cannot have: send it as a string';
    for (const kind of ['user_id', 'loyalty_card', 'phone'] as const) expect(whyUnclear(4006.5, kind)).toBe(fraction);
    for (const kind of ['anonymous_id', 'device_id', undefined] as const) expect(whyUnclear(0.5, kind)).toBeUndefined();
    expect(whyUnclear(4711.0, 'user_id')).toBeUndefined();
  });
});

describe('an id that lost some of its characters', () => {
  it.each([
    ['b\ufffdhm', 'contains the replacement character U+FFFD: send the original text in UTF-8'],
    ['mer\u0000ge', half],
    ['ada\ud83d', half],
    ['ada\udc01x', half],
  ])('is unclear, for every kind: %j', (value, reason) => {
    expect(every.map((kind) => whyUnclear(value, kind))).toEqual(every.map(() => reason));
  });

  it.each(['a\tb', 'a\nb', 'a\u001fb', '\u0007ada', 'b\u0094hm', 'a\u0085b'])(
    'with a control character is unclear, except for the id of a message: %j',
    (value) => {
      expect(identifierKinds.map((kind) => whyUnclear(value, kind))).toEqual(
        identifierKinds.map(() => 'contains a control character, such as a tab or a line break: send only the id'),
      );
      expect(whyUnclear(value)).toBeUndefined();
    },
  );

  it.each(['\tada\r\n', 'Zoë 👩‍🚀', 'a b', '太郎', 'ad\u200da', ''])('is not %j', (value) => {
    expect(every.map((kind) => whyUnclear(value, kind))).toEqual(every.map(() => undefined));
  });
});

describe('a clear id', () => {
  const digits = fc.stringMatching(/^[1-9][0-9]{9,14}$/);

  it('is never a number that a spreadsheet has rounded', () => {
    fc.assert(
      fc.property(fc.constantFrom(...identifierKinds), digits, fc.nat({ max: 12 }), (kind, value, places) => {
        const rounded = Number(value)
          .toExponential(Math.min(places, value.length - 2))
          .toUpperCase();
        for (const written of [rounded, rounded.replace('.', ','), ` ${rounded}`])
          expect(whyUnclear(written, kind)).toBe(spreadsheet);
      }),
    );
  });

  it('stays clear after normalisation', () => {
    fc.assert(
      fc.property(fc.constantFrom(...identifierKinds), fc.string({ unit: 'binary', maxLength: 30 }), (kind, value) => {
        const form = normalise(kind, value)?.value;
        fc.pre(form !== undefined && whyUnclear(value, kind) === undefined);
        expect(whyUnclear(form!, kind)).toBeUndefined();
      }),
    );
  });

  it('of a phone is never extracted from words', () => {
    const words = fc.stringMatching(/^[a-zA-Z,]{1,8}$/).filter((word) => !/^x$/i.test(word));
    fc.assert(
      fc.property(digits, fc.nat({ max: 10 }), words, (number, at, word) => {
        expect(normalise('phone', number.slice(0, at) + word + number.slice(at))?.value ?? 'nobody').toMatch(
          at === 0 ? /^nobody$|^\d+$/ : /^nobody$|;ext=\d+$/,
        );
      }),
    );
  });
});
