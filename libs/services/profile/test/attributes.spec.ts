import { describe, expect, it, test } from '@jest/globals';
import { readAttributes } from '../src/attributes/read-attributes.ts';

const read = (traits: Readonly<Record<string, unknown>>) => Object.fromEntries(readAttributes(traits));

describe('an attribute is read from traits', () => {
  test.each<[object, object]>([
    [{ country: 'IT' }, { country: 'IT' }],
    [{ country: ' it ' }, { country: 'IT' }],
    [{ country: 'UK' }, { country: 'GB' }],
    [{ country: 'Italia' }, { country: 'IT' }],
    [{ country: 'Deutschland' }, { country: 'DE' }],
    [{ address: { country: 'Germany', street: 'Königsallee 1' } }, { country: 'DE' }],
    [{ address: { city: 'Bolzano' } }, {}],
    [{ country: 'IT', address: { country: 'DE' } }, { country: 'IT' }],
    [{ region: 'IT-BZ' }, { region: 'IT-BZ' }],
    [{ address: { state: 'ca', country: 'US' } }, { country: 'US', region: 'US-CA' }],
    [{ language: 'it-IT' }, { language: 'it' }],
    [{ locale: 'de_CH' }, { language: 'de' }],
    [{ birthday: '1984-05-09' }, { birthDecade: 1980 }],
    [{ birthday: '1984-05-09T00:00:00.000Z' }, { birthDecade: 1980 }],
    [{ birth_decade: 1990 }, { birthDecade: 1990 }],
    [{ birthDecade: '1990s' }, { birthDecade: 1990 }],
    [{ tier: 'Gold' }, { tier: 'Gold' }],
    [{ loyaltyTier: 'Größe-2_Plus' }, { tier: 'Größe-2_Plus' }],
    [{ tags: ['vip', 'early-adopter', 'vip'] }, { tags: ['vip', 'early-adopter'] }],
    [{ tags: ['vip', 'Via Roma 12', null] }, { tags: ['vip'] }],
    [
      { tier: null, tags: [] },
      { tier: null, tags: null },
    ],
    [{ plan: 'Gold' }, {}],
  ])('%j is %j', (traits, attributes) => {
    expect(read(traits as Record<string, unknown>)).toEqual(attributes);
  });
});

describe('nothing else leaves the service', () => {
  const personal = [
    ...['ada@acme.test', 'Ada <ada@acme.test>', '+39 340 1234567', '0471 123456', '340-1234567', '1984-05-09'],
    ...[
      '9.5.1984',
      'Via Roma 12, Bolzano',
      'Via Roma',
      'Ada Lovelace',
      'Via Roma 1234',
      '4711 0001',
      '192.168.1.20',
      'ada.lovelace',
      '@ada',
    ],
    ...['https://acme.test/ada', 'x'.repeat(25), "'; drop table trait; --", '<script>', '', ' ', '\0'],
    ...[{ name: 'Ada' }, ['ada@acme.test'], 3401234567, true, Number.NaN],
  ];

  test.each(['country', 'region', 'language', 'tier', 'tags'])('as %s', (name) => {
    for (const given of personal) expect([given, read({ [name]: given })]).toEqual([given, { [name]: null }]);
  });

  test.each(['ada@acme.test', '84', '09.05.1984', '1879', '2110', '19840509', 19840509, true, {}, ''])(
    'as the decade of birth: %j',
    (birthday) => {
      expect(read({ birthday })).toEqual({ birthDecade: null });
    },
  );

  it('as a label: a name among the other traits', () => {
    const name = { firstName: 'Ada', last_name: 'Lovelace', email: 'countess@acme.test' };
    expect(read({ ...name, tier: 'Lovelace', tags: ['ada', 'wine', 'countess', 'gold-Ada'] })).toEqual({
      tier: null,
      tags: ['wine'],
    });
  });

  test.each([
    ['gold-12', 'gold-12'],
    ['gold-123', 'gold-123'],
    ['gold-1234', null],
    ['x'.repeat(23), 'x'.repeat(23)],
    ['x'.repeat(24), 'x'.repeat(24)],
    ['x'.repeat(25), null],
  ])('as a tier: %s is %j', (tier, expected) => {
    expect(read({ tier })).toEqual({ tier: expected });
  });

  test.each([
    [19, 19],
    [20, 20],
    [21, 20],
  ])('as tags: of %i there are %i', (given, kept) => {
    const tags = Array.from({ length: given }, (_, index) => `tag-${index}`);
    expect(read({ tags })).toEqual({ tags: tags.slice(0, kept) });
  });

  it('by inherited names', () => {
    expect(read(Object.create({ tier: 'Gold' }) as Record<string, unknown>)).toEqual({});
  });
});
