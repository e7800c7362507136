import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { identifierKey, identifierKinds, isStrong, normalise, strongest } from '../src/index.ts';
import { account, browser, card, device, mailbox } from './builders.ts';

describe('an identifier', () => {
  it('has a text of its own, whatever its value holds', () => {
    const identifier = fc.record({ kind: fc.constantFrom(...identifierKinds), value: fc.string({ unit: 'binary' }) });
    fc.assert(
      fc.property(identifier, identifier, (one, other) => {
        const isSame = one.kind === other.kind && one.value === other.value;
        expect(identifierKey(one) === identifierKey(other)).toBe(isSame);
      }),
    );
    expect(identifierKey(mailbox('a:b'))).toBe('email:a:b');
  });

  it('is strong if it is an account or a loyalty card, and not yet as an e-mail or a phone', () => {
    expect(identifierKinds.filter((kind) => isStrong({ kind, value: 'x' }))).toEqual(['user_id', 'loyalty_card']);
  });
});

describe('the strongest identifier', () => {
  it('is the first of the strongest kind that is there', () => {
    expect(strongest([device('d'), card('1'), browser('b'), card('2')])).toEqual(card('1'));
    expect(strongest([mailbox('m'), account('anna'), card('1')])).toEqual(account('anna'));
  });

  it('is undefined among none', () => {
    expect(strongest([])).toBeUndefined();
  });
});

describe('normalising', () => {
  it.each([
    ['user_id', '  Anna ', 'Anna'],
    ['loyalty_card', '\t0077\n', '0077'],
    ['email', ' Anna@Example.ORG ', 'anna@example.org'],
    ['phone', ' +39 (335) 12-34.567', '+393351234567'],
    ['phone', '0335 / 12 34 567', '03351234567'],
    ['phone', '335+12', '33512'],
    ['email', 'a@b', 'a@b'],
    ['user_id', '-2', '-2'],
    ['user_id', '0001', '0001'],
    ['user_id', 'anonymous-1', 'anonymous-1'],
  ] as const)('reads the %s %j as %j', (kind, value, normal) => {
    expect(normalise(kind, value)).toEqual({ kind, value: normal });
  });

  it.each([
    ['user_id', ''],
    ['email', ' \n '],
    ['phone', '+'],
    ['phone', 'none'],
    ['phone', '0'],
    ['phone', '3351'],
    ['phone', '+0000000000'],
    ['email', '-'],
    ['email', 'none'],
    ['email', '@'],
    ['email', 'anna@'],
    ['email', 'anna at example@org'],
    ['email', 'anna@example@org'],
    ['user_id', 'undefined'],
    ['user_id', 'NULL'],
    ['user_id', '[object Object]'],
    ['user_id', '-1'],
    ['loyalty_card', '0000000'],
    ['anonymous_id', 'anonymous'],
    ['device_id', '00000000-0000-0000-0000-000000000000'],
  ] as const)('finds nobody in the %s %j', (kind, value) => {
    expect(normalise(kind, value)).toBeUndefined();
  });

  it.each([
    [255, true],
    [256, true],
    [257, false],
  ])('of %d characters gives an identifier: %s', (length, isGiven) => {
    expect(normalise('user_id', ` ${'x'.repeat(length)} `) !== undefined).toBe(isGiven);
  });

  it('refuses a value that lower case makes too long', () => {
    expect(normalise('email', 'İ'.repeat(200))).toBeUndefined();
  });

  it('gives a value of 1 to 256 characters or nothing, and gives it again when asked again', () => {
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
