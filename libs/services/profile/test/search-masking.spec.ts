import { describe, expect, it } from '@jest/globals';
import { roles } from '@sestante/runtime';
import { maskIdentifier, maskName, seesInFull } from '../src/search/masking.ts';
import { card, device, mail, phone, user, visitor } from './builders.ts';

it('administrators and clerks see personal data in full', () => {
  expect(roles.filter(seesInFull)).toEqual(['admin', 'clerk']);
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
