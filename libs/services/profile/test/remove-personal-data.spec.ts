import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { removePersonalData } from '../src/remove-personal-data.ts';

describe('properties without personal data', () => {
  it('stay unchanged, at every depth', () => {
    const properties = {
      order_id: 'o-1',
      revenue: 41.5,
      currency: 'EUR',
      days_late: 3,
      isGift: false,
      coupon: null,
      products: [{ sku: 's-1', quantity: 2, tags: ['new', 'red'] }],
      comment: 'Late again. I waited 3 hours @ the till.',
      offer_id: '5f0c1c0e-6f59-5c3c-9d37-0f7f5f3c7a02',
      code: '0123456789',
      barcode: '4006381333931',
      placed: '2026-11-20T10:00:00.000Z',
    };
    expect(removePersonalData(properties)).toEqual(properties);
  });
});

describe('direct identifiers', () => {
  it.each([
    'email',
    'E-Mail',
    'customer_email',
    'contactEmailAddress',
    'phone',
    'Phone Number',
    'customerPhone',
    'mobile_number',
    'telephone',
    'name',
    'note',
    'Notes',
    'First Name',
    'last-name',
    'fullName',
    'recipient_name',
    'customerName',
    'user_id',
    'anonymousId',
    'deviceId',
    'loyaltyCard',
    'loyalty_card_number',
    'shipping_address',
    'customerAddress',
    'birthday',
    'date_of_birth',
    'ip',
    'ip_address',
  ])('are removed if a property is called %j', (name) => {
    expect(removePersonalData({ [name]: 'secret', kept: 1 })).toEqual({ kept: 1 });
    expect(removePersonalData({ deep: [{ [name]: { even: 'deeper' }, kept: 1 }] })).toEqual({ deep: [{ kept: 1 }] });
  });

  it.each([
    ['a mail address', 'ada@example.org'],
    ['a mail address in a sentence', 'Write to Ada.Lovelace+shop@mail.example.co.uk, please'],
    ['a phone number', '+49 (151) 2345-6789'],
    ['a phone number without spaces', '+4915123456789'],
    ['a phone number in a sentence', 'Call me at +39 06 6982 0001 tomorrow'],
  ])('are removed if a text contains %s', (_, text) => {
    expect(removePersonalData({ reply: text, kept: 1 })).toEqual({ kept: 1 });
    expect(removePersonalData({ deep: { reply: text, kept: 1 } })).toEqual({ deep: { kept: 1 } });
    expect(removePersonalData({ recipients: ['kept', text, [text]] })).toEqual({ recipients: ['kept', []] });
  });

  it('are removed if they are the name of a property', () => {
    expect(removePersonalData({ seenBy: { 'ada@example.org': true, '+49 151 23456789': true, clerk: true } })).toEqual({
      seenBy: { clerk: true },
    });
  });

  it('are removed wherever a mail address is', () => {
    const address = 'ada@example.org';
    const anyValue = fc.letrec<{ any: unknown }>((tie) => ({
      any: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constantFrom<unknown>(address, `to ${address}`, 'text', 7, true, null),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('email', 'reply', 'items', address), tie('any'), { maxKeys: 3 }),
      ),
    })).any;
    fc.assert(
      fc.property(fc.dictionary(fc.string({ maxLength: 5 }), anyValue), (properties) => {
        expect(JSON.stringify(removePersonalData(properties))).not.toContain(address);
      }),
    );
  });
});

describe('properties from a hostile source', () => {
  it.each([
    ['letters', 'a'.repeat(200_000)],
    ['letters before an at sign', `${'a'.repeat(200_000)}@`],
    ['at signs', 'a@'.repeat(100_000)],
    ['at signs after an at sign', `a${'@'.repeat(200_000)}`],
    ['plus signs', '+'.repeat(200_000)],
    ['digits with many spaces between them', '+1    '.repeat(40_000)],
  ])('are read in one pass: %s', async (_, text) => {
    expect(removePersonalData({ text })).toEqual({ text });
    // Gives Jest the chance to fail a test that exceeds its timeout.
    await new Promise((resolve) => setImmediate(resolve));
  });

  it('cannot change a prototype', () => {
    const properties = removePersonalData(
      JSON.parse('{"__proto__": {"admin": true}, "constructor": {"prototype": 1}}'),
    );
    expect((properties as { admin?: boolean }).admin).toBeUndefined();
    expect(Object.getPrototypeOf(properties)).toBe(Object.prototype);
    expect(properties['constructor']).toEqual({ prototype: 1 });
  });
});
