import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { identifierKey, identifierKinds, isStrongMember, normalise, strongest } from '../src/index.ts';
import { account, browser, card, device, mailbox } from './builders.ts';

describe('a phone number of a country', () => {
  const formOf = (phone: string, country?: string | null) => normalise('phone', phone, country)?.value;

  it('is the same for every way to write it', () => {
    const written = ['335 1234567', '(335) 123-4567', '0335/1234567', '+39 335 1234567', '0039 335 1234567'];
    expect(new Set(written.map((one) => formOf(one, 'IT')))).toEqual(new Set(['+393351234567']));
  });

  it.each([undefined, null, '', 'XX', 'it', 'ITA'])(
    'without a country code stays as it is for the country %j',
    (country) => {
      expect(formOf('0335 1234567', country)).toBe('03351234567');
    },
  );

  it('is another one in another country', () => {
    expect([formOf('20 7946 0018', 'GB'), formOf('020 7946 0018', 'IT')]).toEqual(['+442079460018', '+3902079460018']);
  });

  it.each([
    ['an invalid number', '335 12', '33512'],
    ['an invalid number with a country code', '+39 335 12', '+3933512'],
    ['a number of another country, written with its code', '+49 171 1234567', '+491711234567'],
  ])('reads %s', (_, phone, form) => {
    expect(formOf(phone, 'IT')).toBe(form);
  });

  it.each(['333 3333333', '0333 3333333', '0471 123456, 335 1234567', '12345'])('is nobody: %s', (phone) => {
    expect(formOf(phone, 'IT')).toBeUndefined();
  });

  it('changes nothing of other kinds', () => {
    const kinds = identifierKinds.filter((kind) => kind !== 'phone');
    for (const kind of kinds) expect(normalise(kind, '335 1234567', 'IT')).toEqual(normalise(kind, '335 1234567'));
  });

  it('is idempotent', () => {
    const phones = fc.stringMatching(/^(\+|00|0)?[1-9][0-9 ]{4,14}( ext\. [0-9]{1,3})?$/);
    fc.assert(
      fc.property(phones, fc.constantFrom('IT', 'DE', 'US', 'GB', 'FR', undefined), (phone, country) => {
        const form = formOf(phone, country);
        if (form !== undefined) expect([formOf(form, country), formOf(form)]).toEqual([form, form]);
      }),
    );
  });
});

describe('an identifier', () => {
  it('has a unique key for any value', () => {
    const identifier = fc.record({ kind: fc.constantFrom(...identifierKinds), value: fc.string({ unit: 'binary' }) });
    fc.assert(
      fc.property(identifier, identifier, (one, other) => {
        const isSame = one.kind === other.kind && one.value === other.value;
        expect(identifierKey(one) === identifierKey(other)).toBe(isSame);
      }),
    );
    expect(identifierKey(mailbox('a:b'))).toBe('email:a:b');
  });

  it('is strong if it is an account or a loyalty card', () => {
    expect(identifierKinds.filter((kind) => isStrongMember({ kind, isVerified: false }))).toEqual([
      'user_id',
      'loyalty_card',
    ]);
  });
});

describe('the strongest identifier', () => {
  it('is the first one of the strongest kind', () => {
    expect(strongest([device('d'), card('1'), browser('b'), card('2')])).toEqual(card('1'));
    expect(strongest([mailbox('m'), account('anna'), card('1')])).toEqual(account('anna'));
  });

  it('is undefined without identifiers', () => {
    expect(strongest([])).toBeUndefined();
  });
});

describe('normalising', () => {
  it.each([
    ['user_id', '  Anna ', 'Anna'],
    ['loyalty_card', '\t0077\n', '0077'],
    ['email', ' Anna@Example.ORG ', 'anna@example.org'],
    ['phone', '335+12', '33512'],
    ['email', 'a@b', 'a@b'],
    ['user_id', '-2', '-2'],
    ['user_id', '0001', '0001'],
    ['user_id', 'anonymous-1', 'anonymous-1'],
    ['user_id', 'a@b', 'a@b'],
    ['user_id', 'Anna Müller'.normalize('NFD'), 'Anna Müller'],
    ['user_id', '\ufeffAn\u200bna\u00ad ', 'Anna'],
    ['loyalty_card', 'CARD 77-1', 'CARD 77-1'],
    ['phone', 'Tel.: 0471 123456', '0471123456'],
    ['user_id', '1111111', '1111111'],
    ['user_id', '12345678', '12345678'],
    ['user_id', 'test', 'test'],
    ['email', 'test@shop.example', 'test@shop.example'],
    ['user_id', '12e3', '12e3'],
  ] as const)('reads the %s %j as %j', (kind, value, normal) => {
    expect(normalise(kind, value)).toEqual({ kind, value: normal });
  });

  const nobody = [
    ['', ' \n ', '\u200b', '0', '000', '-', '--', '.', '?', '-1', '00000000-0000-0000-0000-000000000000'],
    [
      'null',
      'NULL',
      '(null)',
      '<null>',
      '"null"',
      'nil',
      'None',
      'NaN',
      'undefined',
      '[object Object]',
      '\\N',
      '\\\\N',
    ],
    [
      'N/A',
      'n.a.',
      '#N/A',
      '#NV',
      '#REF!',
      '#VALUE!',
      '(not set)',
      '(not provided)',
      'not available',
      'unknown',
      'Guest',
    ],
    [
      'Gast',
      'Unbekannt',
      'keine',
      'k e i n e',
      'Laufkunde',
      'ospite',
      'sconosciuto',
      'nessuno',
      'invité',
      'INCONNU',
      'aucun',
    ],
    ['desconocido', 'ninguno', 'anónimo', 'desconhecido', 'onbekend', 'ukendt', 'okänd', 'tuntematon', 'brak', 'nikt'],
    [
      'invité'.normalize('NFD'),
      'neznámý',
      'ismeretlen',
      'necunoscut',
      'неизвестно',
      'άγνωστος',
      'anonymous',
      '$anonymous',
    ],
    [
      '{{ user.id }}',
      '${userId}',
      '%%user_id%%',
      '%USER_ID%',
      '<%= id %>',
      '*|EMAIL|*',
      '{user_id}',
      '[[id]]',
      '<user id>',
    ],
  ].flat();

  it.each(nobody)('finds nobody in %j, for every kind', (value) => {
    expect(identifierKinds.filter((kind) => normalise(kind, value))).toEqual([]);
  });

  it.each([
    ['phone', '+'],
    ['phone', '00'],
    ['phone', 'call me'],
    ['phone', '335 12 34 ask for Anna'],
    ['phone', '3351'],
    ['phone', '+0000000000'],
    ['phone', '1234567890'],
    ['phone', '0123456789'],
    ['phone', '1234567890123456'],
    ['email', '@'],
    ['email', 'anna@'],
    ['email', 'anna at example@org'],
    ['email', 'anna@example@org'],
    ['email', 'noemail@shop.example'],
    ['email', 'No-Mail@none.com'],
    ['email', 'keine@mail.de'],
    ['email', 'senzamail@x.it'],
    ['email', 'noreply@shop.example'],
    ['email', 'test@test.com'],
    ['loyalty_card', '0000000'],
    ['loyalty_card', '999999'],
    ['loyalty_card', '1111 1111 1111 1111'],
    ['loyalty_card', '123456789'],
  ] as const)('finds nobody in the %s %j', (kind, value) => {
    expect(normalise(kind, value)).toBeUndefined();
  });

  it.each([
    ['4', false],
    ['5', true],
    ['15', true],
    ['16', false],
  ])('of a phone of %s digits gives an identifier: %s', (count, isGiven) => {
    expect(normalise('phone', '3352'.repeat(4).slice(0, Number(count))) !== undefined).toBe(isGiven);
  });

  it.each([
    ['99999', true],
    ['999999', false],
    ['9999999', false],
    ['9999998', true],
  ])('of the card %s gives an identifier: %s', (card, isGiven) => {
    expect(normalise('loyalty_card', card) !== undefined).toBe(isGiven);
  });

  it.each([
    [255, true],
    [256, true],
    [257, false],
  ])('of %d characters gives an identifier: %s', (length, isGiven) => {
    expect(normalise('user_id', ` ${'x'.repeat(length)} `) !== undefined).toBe(isGiven);
  });

  it('rejects a value that becomes too long in lower case', () => {
    expect(normalise('email', 'İ'.repeat(200))).toBeUndefined();
  });

  it('gives a value of 1 to 256 characters or undefined, and is idempotent', () => {
    const value = fc.string({ unit: 'binary', maxLength: 300 });
    fc.assert(
      fc.property(fc.constantFrom(...identifierKinds), value, (kind, text) => {
        const identifier = normalise(kind, text);
        fc.pre(identifier !== undefined);
        expect(identifier?.value.length).toBeGreaterThan(0);
        expect(identifier?.value.length).toBeLessThanOrEqual(256);
        expect(normalise(kind, identifier?.value ?? '')).toEqual(identifier);
      }),
    );
  });
});
