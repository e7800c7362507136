import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { identifierKinds, normalise } from '../src/index.ts';

const ids = ['user_id', 'loyalty_card', 'anonymous_id', 'device_id'] as const;
const isNobody = (kind: (typeof identifierKinds)[number], value: string) => normalise(kind, value) === undefined;

describe('values for nobody', () => {
  it.each([
    [
      'by databases',
      ['\\N', '\\\\N', 'NULL', '<null>', '(null)', '[NULL]', 'DBNull', 'System.DBNull', '"null"', "'NULL'"],
    ],
    [
      'by spreadsheets',
      ['#N/A', '#NV', '#REF!', '#WERT!', '#DIV/0!', '#NAME?', '#BEZUG!', '#N/D', '#####', 'N/A', 'n.a.', 'NA'],
    ],
    [
      'by programs',
      [
        'undefined',
        'None',
        'nil',
        'NaN',
        '[object Object]',
        'user_undefined',
        'shop-null',
        '{}',
        '[]',
        'true',
        'False',
      ],
    ],
    ['by analytics', ['(not set)', '(not provided)', '$anonymous', 'not_authenticated', 'lat=1', 'optout']],
    [
      'by templates',
      [
        '%%user_id%%',
        '{{ user.id }}',
        '{{user.id',
        '${userId}',
        '<%= user.id %>',
        '*|EMAIL|*',
        '{user_id}',
        '%s',
        '{0}',
        '#{id}',
        '[[id]]',
        'u-${id}',
      ],
    ],
    [
      'by a repeated column heading',
      ['user_id', 'userId', 'Loyalty Card', 'customer_id', 'E-Mail', 'Kundennummer', '<user_id>', '$user_id'],
    ],
    [
      'in English',
      [
        'none',
        'unknown',
        'Guest',
        'nobody',
        'no one',
        'NOT SET',
        'no card',
        'walk-in customer',
        'Unknown User',
        'deleted',
      ],
    ],
    [
      'in German',
      [
        'keine',
        'kein',
        'Gast',
        'anonym',
        'unbekannt',
        'k. A.',
        'keine Angabe',
        'ohne Karte',
        'Laufkundschaft',
        'nicht verfügbar',
      ],
    ],
    [
      'in Italian',
      ['nessuno', 'ospite', 'sconosciuto', 'n.d.', 'senza tessera', 'Cliente generico', 'non disponibile'],
    ],
    ['in French', ['aucun', 'invité', 'INVITE', 'inconnu', 'sans carte', 'non renseigné', 'client de passage']],
    ['in Spanish', ['ninguno', 'desconocido', 'anónimo', 's/d', 'sin tarjeta', 'consumidor final']],
    ['in Portuguese', ['ninguém', 'não informado', 'desconhecido', 'sem cartão']],
    ['in Dutch', ['onbekend', 'geen', 'n.v.t.', 'geen kaart', 'gast']],
    ['in northern languages', ['ukendt', 'okänd', 'ukjent', 'ingen', 'tuntematon', 'vieras', 'gæst', 'óþekktur']],
    [
      'in eastern languages',
      [
        'nikto',
        'brak',
        'nikdo',
        'neznámý',
        'ismeretlen',
        'necunoscut',
        'nepoznat',
        'неизвестно',
        'гость',
        'невідомо',
        'nezināms',
      ],
    ],
    ['in Greek and Turkish', ['άγνωστος', 'ΑΓΝΩΣΤΟΣ', 'bilinmiyor', 'BİLİNMİYOR', 'misafir']],
    [
      'for a user who is not signed in',
      `unauthenticated, unidentified, unset, anonymer Benutzer, nicht eingeloggt, utente anonimo, utente, Benutzer, usuario anónimo,
      utilisateur anonyme, niet ingelogd, niezalogowany, незарегистрированный, Unbekannter Benutzer, Gastkonto, utente sconosciuto,
      utente ospite, non registrato, non connecté, usuario desconocido, no registrado, não identificado, onbekende gebruiker, anonym användare,
      ikke logget ind, kirjautumaton, nieznany użytkownik, nepřihlášený, ismeretlen felhasználó, χρήστης, kullanıcı`
        .split(',')
        .map((word) => word.trim()),
    ],
    [
      'by tills and ERPs',
      `Barzahler, Standardkunde, Einmalkunde, one-time customer, Kassenkunde, Kasse, Divers, Diverse Kunden, Kunde divers, Endkunde, Privato,
      Cliente banco, Cliente al banco, Vendita al banco, Clients divers, Contado, POS Customer, Retail customer, Web customer, Ospite web,
      Kontantkund, Käteisasiakas, no loyalty, NONE GIVEN, brak karty, żaden, ei ole, WAHR, FALSCH, FALSO, VRAI, FAUX, #WERT, #ÜBERLAUF`
        .split(',')
        .map((word) => word.trim()),
    ],
    [
      'for a deleted user, or without consent',
      [
        'anonymized',
        'Deleted User',
        'gdpr_deleted',
        'COOKIE_DENIED',
        'cookieless',
        '$posthog_cookieless',
        'consent-not-given',
      ],
    ],
    ['by templates', ['YOUR_USER_ID', 'Optional(nil)', '<no value>', 'null,null', 'no userid']],
    [
      'by hashing an empty text',
      ['d41d8cd98f00b204e9800998ecf8427e', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ],
    ['with punctuation only', ['?', '-', '--', '.', '***', '_', '#', '“ ”', '()']],
    ['with an x', ['x', 'XXX', 'x-x-x']],
    [
      'with numbers',
      ['0', '0000', '0.0', '-1', '-1.0', '-99', '-999', '00:00:00:00:00:00', '00000000-0000-0000-0000-000000000000'],
    ],
    ['at the limit of a column', ['2147483647', '-2147483648', '9223372036854775807']],
  ])('%s names nobody: %j', (_, values) => {
    expect(
      values.flatMap((value) => ids.filter((kind) => !isNobody(kind, value)).map((kind) => [kind, value])),
    ).toEqual([]);
  });

  it.each(['not set', 'N/A', 'Gast', '\\N'])(
    'are recognised in any case, in quotes, brackets and white space: %j',
    (word) => {
      const written = [word.toUpperCase(), word.toLowerCase(), `"${word}"`, ` [${word}] `, `<${word}>\t`, `(${word})`];
      expect(written.map((one) => normalise('user_id', one))).toEqual(written.map(() => undefined));
    },
  );

  it('include yes and no for a loyalty card', () => {
    for (const word of ['yes', 'No', 'ja', 'nein', 'sì', 'Y', 'VERO'])
      expect(isNobody('loyalty_card', word)).toBe(true);
    expect(isNobody('user_id', 'tak')).toBe(false);
  });
});

describe('placeholder numbers', () => {
  it.each([
    ['loyalty_card', '999999', '99999'],
    ['loyalty_card', '111111', '1111'],
    ['loyalty_card', '9999999999999', '9999999999998'],
    ['loyalty_card', '1111-1111-1111', '1111-1111-1112'],
    ['loyalty_card', '123456', '12345'],
    ['loyalty_card', '1234567890123', '1234567890124'],
    ['loyalty_card', '9876543210', '9876543212'],
    ['user_id', '99999999', '9999999'],
    ['user_id', '22222222', '1111111'],
    ['user_id', '123456789', '12345678'],
    ['device_id', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 'ffffffff-ffff-ffff-ffff-fffffffffffe'],
    ['device_id', '9774d56d682e549c', '9774d56d682e549d'],
    ['device_id', '02:00:00:00:00:00', '02:00:00:00:00:01'],
  ] as const)('as %s are nobody: %j, and somebody: %j', (kind, nobody, somebody) => {
    expect([isNobody(kind, nobody), isNobody(kind, somebody)]).toEqual([true, false]);
  });
});

describe('a placeholder phone number', () => {
  it.each([
    '1234567890',
    '0123456789',
    '12345',
    '0000000',
    '+39 0000000000',
    '+391234567890',
    '(555) 555-5555',
    '+1 555 555 5555',
    '+49 1111111',
  ])('is nobody: %j', (phone) => {
    expect(normalise('phone', phone)).toBeUndefined();
  });

  it.each(['+39 335 1234567', '0471 123', '+39 333 3334444', '800 900 800'])('does not include %j', (phone) => {
    expect(normalise('phone', phone)).toBeDefined();
  });
});

describe('a placeholder mailbox', () => {
  it.each([
    'none@none.com',
    'no@email.com',
    'test@test.com',
    'keine@mail.de',
    'noemail@gmail.com',
    'no-email@my-shop.example',
    'keine.mail@gmx.de',
    'senzamail@libero.it',
    'maria@noemail.com',
    'noreply@shop.example',
    'a@a.com',
    'xxx@xxx.it',
    '123@123.com',
    'unknown@unknown.co.uk',
    'guest@example.com',
    'Gast@firma.de',
    'null@null',
    'undefined@undefined.undefined',
    'none@nowhere.invalid',
    '{{email}}@example.org',
  ])('is nobody: %j, as an e-mail and as a user_id', (address) => {
    expect([normalise('email', address), normalise('user_id', address)]).toEqual([undefined, undefined]);
  });

  it.each([
    'none@gmail.com',
    'test@gmail.com',
    'guest77@mail.com',
    'ada@example.org',
    'ada@test.com',
    'ada@mail.de',
    'test@shop.example',
    'rossi@rossi.it',
    'unknown@unknown-pleasures.example',
    '163@qq.com',
    '13800138000@163.com',
    'norma.email@example.org',
    'noemi@gmail.com',
  ])('does not include %j', (address) => {
    expect([normalise('email', address)?.value, normalise('user_id', address)?.value]).toEqual([address, address]);
  });
});

describe('a value for somebody that looks like nobody', () => {
  it.each([
    'test',
    'admin',
    'anonymous-1',
    'guest-81',
    'Nulla-81',
    'nullarbor',
    'Noel',
    'Tom',
    'Niko',
    'Vero',
    'utente-81',
    'Privat Anna',
    'Nada',
    'Inga',
    'Anna None-Smith',
    'na81',
    'n',
    '7',
    '1111',
    '111111',
    '-2',
    '0001',
    '5f0c1c0e-6f59-5c3c-9d37-0f7f5f3c7a01',
    '{5F0C1C0E-6F59-5C3C-9D37-0F7F5F3C7A01}',
    'unknown-pleasures-fan',
    'user-81',
    'customer 81',
    '🛒',
    '太郎',
    'ада',
    '%7Bada%7D',
    '50%-off-fan',
    '#81',
    '#ada',
  ])('is accepted: %j', (value) => {
    expect(normalise('user_id', value)).toEqual({ kind: 'user_id', value });
  });

  it('is accepted if it has both letters and digits', () => {
    const mixed = fc
      .stringMatching(/^[a-zA-Z]{1,8}-?[1-9][0-9]{0,5}[a-zA-Z]{0,8}$/)
      .filter((id) => !/^f+$|^x+$/i.test(id));
    fc.assert(fc.property(mixed, (value) => expect(normalise('user_id', value)).toEqual({ kind: 'user_id', value })));
  });
});
