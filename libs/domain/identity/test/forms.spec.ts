import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type IdentifierKind, identifierKinds, normalise } from '../src/index.ts';

const formOf = (kind: IdentifierKind, value: string) => normalise(kind, value)?.value;
const formsOf = (kind: IdentifierKind, values: readonly string[]) => [
  ...new Set(values.map((one) => formOf(kind, one))),
];

describe('the normal form of an id', () => {
  it('has no invisible characters', () => {
    const written = [
      'ada',
      '\u200bada',
      'a\u00adda',
      '\ufeffada',
      'ada\u200f',
      '\u202aada\u202c',
      'ad\u2060a',
      '\u00a0ada\u00a0',
      '\u3000ada\r\n',
    ];
    for (const kind of ['user_id', 'loyalty_card', 'anonymous_id', 'device_id'] as const)
      expect(formsOf(kind, written)).toEqual(['ada']);
    expect(formsOf('email', ['ada@example.org', 'ada@\u200bexample.org', 'mailbox\u00ad'])).toEqual([
      'ada@example.org',
      undefined,
    ]);
    expect(formsOf('phone', ['\u202a+39 393 4711\u202c', '+39\u00a0393\u00a04711'])).toEqual(['+393934711']);
  });

  it('has composed accents', () => {
    expect(formsOf('user_id', ['zo\u00eb', 'zoe\u0308', 'zo\u200be\u0308'])).toEqual(['zo\u00eb']);
  });

  it('keeps case and full-width letters, except in a mailbox', () => {
    expect(formsOf('user_id', ['Ada', 'ada', 'ａｄａ'])).toHaveLength(3);
    expect(formsOf('email', ['Ada@Example.org', 'ａｄａ＠example.org'])).toEqual(['ada@example.org']);
  });

  it('of a mailbox is the address alone, without the additions of mail programs', () => {
    const written = [
      '<Ada@example.org>',
      'mailto:ada@example.org',
      'Ada L. <ada@example.org>',
      'mailto: ADA@example.org',
    ];
    expect(formsOf('email', written)).toEqual(['ada@example.org']);
  });

  it('has no decimal part of zeros', () => {
    expect(formsOf('user_id', ['4711', '4711.0', '4711.00', '4711,0'])).toEqual(['4711']);
    expect(formsOf('loyalty_card', ['4006381333931', '4006381333931.0'])).toEqual(['4006381333931']);
    expect(formsOf('phone', ['393934711', '393934711.0'])).toEqual(['393934711']);
    expect(formsOf('phone', ['0471000000', '0471.000000'])).toEqual(['0471000000']);
    expect(formOf('phone', '10000,00000')).toBeUndefined();
    expect(formOf('phone', '0)0002')).toBeUndefined();
    expect(formsOf('device_id', ['1', '1.0'])).toHaveLength(2);
  });
});

describe('a user_id that is a mail address', () => {
  it('is compared in lower case', () => {
    expect(formsOf('user_id', ['Ada@Example.org', 'ada@example.org', ' ADA@EXAMPLE.ORG '])).toEqual([
      'ada@example.org',
    ]);
  });

  it('is not treated as an address without a domain or with other text', () => {
    expect(formsOf('user_id', ['Ada@Office', 'ada@office', 'Ada ada@example.org'])).toHaveLength(3);
  });
});

describe('a loyalty card', () => {
  it.each([
    ['4006 3813 3393', '400638133393'],
    ['4006-3813-3393', '400638133393'],
    ['4 006381 333931', '4006381333931'],
    ['4006\u00a03813\u20113393', '400638133393'],
    ['0012-0034', '00120034'],
    ['0012-003', '0012-003'],
    ['12-3', '12-3'],
    ['AB-1234 5678', 'AB-1234 5678'],
    ['-12345670', '-12345670'],
  ])('with at least eight digits is compared without spaces and hyphens: %j is %j', (card, form) => {
    expect(formOf('loyalty_card', card)).toBe(form);
  });

  it('keeps its leading zeros', () => {
    expect(formsOf('loyalty_card', ['0077', '77'])).toHaveLength(2);
  });
});

describe('a phone number', () => {
  it('with a zero after the + differs from that of another country', () => {
    expect(formsOf('phone', ['+0151 2398765', '+1512398765'])).toEqual(['+01512398765', '+1512398765']);
    expect(formsOf('phone', ['+040000', '0040000'])).toHaveLength(2);
  });

  it.each([
    ['+39 393 4711', '+393934711'],
    ['0039 3934711', '+393934711'],
    ['+0039 3934711', '+393934711'],
    ['(+39) 393-47.11', '+393934711'],
    ['+49 (0)171 1234567', '+491711234567'],
    ['0049 (0) 171 1234567', '+491711234567'],
    ['(0)171 1234567', '01711234567'],
    ['tel:+39-393-4711', '+393934711'],
    ['Tel. 0471 123456', '0471123456'],
    ['Cell: 335/1234567', '3351234567'],
    ['０４７１ 123456', '0471123456'],
    ['0471 123456 ext. 12', '0471123456;ext=12'],
    ['0471 123456 x12', '0471123456;ext=12'],
    ['0471123456;ext=12', '0471123456;ext=12'],
    ['0471 123456, interno 3', '0471123456;ext=3'],
  ])('%j is %j', (phone, form) => {
    expect(formOf('phone', phone)).toBe(form);
  });

  it.each([
    '3,93471E+11',
    'ask Maria 0471 123456',
    '0471 12345a',
    '1-800-FLOWERS',
    '0471 123456, 335 1234567',
    '0471 123456 / 335 1234567',
    '39393,4711',
    'x0471123456',
    'tel.',
  ])('is not extracted from %j', (phone) => {
    expect(formOf('phone', phone)).toBeUndefined();
  });

  it.each([
    [15, true],
    [16, false],
  ])('may have %d digits: %s', (count, is) => {
    expect(formOf('phone', `+${'47'.repeat(8).slice(0, count)}`) !== undefined).toBe(is);
  });
});

describe('normalising', () => {
  /** Texts of which many are ids, with all characters that normalisation treats. */
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({
      unit: fc.constantFrom(...'aAé09+-. (@xEΣİﬁ＠．¨\u0301\u200b\u00ad\u00a0\u3000\u3164ᅠ'),
      maxLength: 20,
    }),
    fc.string({ unit: fc.constantFrom(...'0123456789 -+.,()/xE'), maxLength: 20 }),
    fc.tuple(fc.emailAddress(), fc.constantFrom('', ' ', '\u200b', 'É')).map(([address, more]) => more + address),
  );
  const kind = fc.constantFrom(...identifierKinds);

  it('is idempotent', () => {
    fc.assert(
      fc.property(kind, text, (of, value) => {
        const form = formOf(of, value);
        fc.pre(form !== undefined);
        expect(formOf(of, form!)).toBe(form);
      }),
      { numRuns: 3_000 },
    );
  });

  const composed = (value: string) => seen(value).normalize('NFC');
  const plain = (value: string) => seen(value.normalize('NFKC')).toLowerCase().normalize('NFKC');
  const seen = (value: string) => value.replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '').trim();
  const whole = (value: string) => value.replace(/^(\+?\d+)[.,]0+$/, '$1');

  /** What must be equal in two values with the same form, computed independently of the implementation. */
  const significant: Record<IdentifierKind, (value: string) => string> = {
    user_id: (value) => (value.includes('@') ? seen(plain(value)) : whole(composed(value))),
    loyalty_card: (value) => whole(composed(value.normalize('NFKC'))).replaceAll(/[\s\p{Pd}]/gu, ''),
    email: (value) => seen(plain(value)),
    phone: (value) =>
      whole(plain(value))
        .replaceAll(/\D/g, '')
        .replace(/^(?:00)+/, ''),
    anonymous_id: composed,
    device_id: composed,
  };

  /** Two texts that differ in one character. */
  const near = fc
    .tuple(text, fc.nat(), fc.constantFrom(...'aAé0 -+.@\u200b\u0301\u00a0', ''), fc.boolean())
    .map(([value, at, sign, isInserted]) => {
      const position = at % (value.length + 1);
      return [value, value.slice(0, position) + sign + value.slice(position + (isInserted ? 0 : 1))] as const;
    });

  it('gives two values the same form only by the rules', () => {
    fc.assert(
      fc.property(kind, near, (of, [one, other]) => {
        // Lone surrogates are unclear, so their form does not matter.
        fc.pre(one.isWellFormed() && other.isWellFormed());
        const form = formOf(of, one);
        fc.pre(form !== undefined && form === formOf(of, other));
        expect(significant[of](other)).toBe(significant[of](one));
      }),
      { numRuns: 2_000 },
    );
  });
});
