import { describe, expect, it } from '@jest/globals';
import { roles } from '@sestante/runtime';
import { maskIdentifier } from '../src/masking/mask-identifier.ts';
import { maskProperties } from '../src/masking/mask-properties.ts';
import { maskName, maskText } from '../src/masking/mask-text.ts';
import { roleSeesInFull } from '../src/masking/sees-in-full.ts';
import { removePersonalData } from '../src/remove-personal-data.ts';
import { card, device, mail, phone, user, visitor } from './builders.ts';

it('administrators and clerks see personal data in full', () => {
  expect(roles.filter(roleSeesInFull)).toEqual(['admin', 'clerk']);
});

describe('a masked identifier', () => {
  it.each([
    [mail('ada@example.org'), 'a…@e….org'],
    [mail('a@b.c.co.uk'), 'a…@b….uk'],
    [mail('böhm@localhost'), 'b…@l…'],
    [mail('"a@b"@example.org'), '"…@e….org'],
    [mail('😀x@example.org'), '😀…@e….org'],
    [phone('+393351234567'), '+39…67'],
    [phone('0471123456'), '…56'],
    [phone('0471123456;ext=12'), '…56'],
    [phone('12345678'), '…78'],
    [phone('1234567'), '…'],
    [phone('+1234567'), '…'],
    [user('ada@example.org'), 'a…@e….org'],
    [user('+393351234567'), '+39…67'],
    [card('ada@example.org'), 'a…@e….org'],
  ])('hides a mail address or a phone number: %j as %j', (identifier, value) => {
    expect(maskIdentifier(identifier)).toEqual({ kind: identifier.kind, value });
  });

  it.each([user('ada'), user('4711'), card('4006381333931'), visitor('v-1'), device('tablet'), user('+1')])(
    'is otherwise as it was: %j',
    (identifier) => {
      expect(maskIdentifier(identifier)).toEqual(identifier);
    },
  );
});

it.each([
  ['Ada Lovelace', 'A…'],
  ['A', 'A…'],
  ['Ölaf', 'Ö…'],
  ['😀', '😀…'],
  ['', '…'],
])('the name %j is masked as %j', (name, masked) => {
  expect(maskName(name)).toBe(masked);
});

describe('a masked text', () => {
  it.each([
    ['Please call +39 335 1234567 or write to ada@example.org now', 'Please call +39…67 or write to a…@e….org now'],
    ['no address, no number', 'no address, no number'],
    ['4 + 4 = 8 @ home', '4 + 4 = 8 …@… home'],
    ['', ''],
  ])('%j is %j', (text, masked) => {
    expect(maskText(text)).toBe(masked);
  });

  it('of any length takes little time', () => {
    const started = performance.now();
    for (const text of ['x'.repeat(100_000) + '@', '@'.repeat(100_000), '+1'.repeat(50_000)]) maskText(text);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe('masked properties', () => {
  it.each([
    [{ email: 'ada@example.org' }, { email: 'a…@e….org' }],
    [{ phone: '+393351234567' }, { phone: '+39…67' }],
    [{ phone: '0335 1234567' }, { phone: '…' }],
    [
      { firstName: 'Ada', last_name: 'Lovelace' },
      { firstName: 'A…', last_name: 'L…' },
    ],
    [{ address: { street: 'Via Roma 1', city: 'Bari' } }, { address: { street: 'V…', city: 'B…' } }],
    [{ birthday: '1985-03-02' }, { birthday: '…' }],
    [
      { birthday: 19850302, dob: null },
      { birthday: '…', dob: null },
    ],
    [{ mails: ['ada@example.org', 'hello'] }, { mails: ['a…@e….org', 'hello'] }],
    [{ comment: 'write to ada@example.org' }, { comment: 'write to a…@e….org' }],
    [{ 'ada@example.org': 1 }, { 'a…@e….org': '…' }],
    [{ order_id: 'o-1', revenue: 41.5, isGift: true, items: [{ sku: 's-1' }] }, undefined],
  ])('%j are %j', (properties, masked) => {
    expect(maskProperties(properties)).toEqual(masked ?? properties);
  });

  it('hide what later services may not get', () => {
    const given = { email: 'a@b.it', mobile_number: '1', shipping: { fullName: 'Ada', zip: '39100' }, note: 'call' };
    const shown = JSON.stringify(maskProperties(given));
    expect(removePersonalData(given)).toEqual({ shipping: { zip: '39100' } });
    for (const value of ['a@b.it', 'Ada', 'call']) expect(shown).not.toContain(value);
  });
});
