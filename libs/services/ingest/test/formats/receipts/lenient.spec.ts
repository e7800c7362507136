import { describe, expect, test } from '@jest/globals';
import { webShop } from '../../builders.ts';
import {
  activityOf,
  aReceipt,
  card,
  coat,
  marker,
  rejectionOf,
  receiptViolationsOf,
  verdictOn,
  violationsOf,
} from './till.ts';

const line = (over: object) => ({ Sale: { ...coat, ...over } });
const theLine = 'RetailTransaction.LineItem[0].Sale';

describe('an invalid optional field of a receipt', () => {
  test.each<[string, object, readonly string[]]>([
    ['a price in words', aReceipt([line({ ExtendedAmount: 'much' })]), [`field-invalid ${theLine}.ExtendedAmount`]],
    ['a quantity that is a list', aReceipt([line({ Quantity: [1] })]), [`field-invalid ${theLine}.Quantity`]],
    ['an item that is true', aReceipt([line({ ItemID: true })]), [`field-invalid ${theLine}.ItemID`]],
    [
      'a number beyond the range of numbers',
      aReceipt([line({ ExtendedAmount: Infinity })]),
      [`field-invalid ${theLine}.ExtendedAmount`],
    ],
    ['no amount', aReceipt([line({ ExtendedAmount: null })]), [`field-missing ${theLine}.ExtendedAmount`]],
    ['a sale that is a number', aReceipt([{ Sale: 5 }]), [`field-invalid ${theLine}`]],
    ['a line that is a text', aReceipt(['coat']), ['field-invalid RetailTransaction.LineItem[0]']],
    ['no lines', aReceipt(null), ['field-missing RetailTransaction.LineItem']],
    [
      'a flag with an unknown value',
      aReceipt([{ VoidFlag: 'perhaps' }]),
      ['field-invalid RetailTransaction.LineItem[0].VoidFlag'],
    ],
    ['a note that is an object', aReceipt(undefined, { Note: {} }), ['field-invalid Note']],
    ['a cashier that is false', aReceipt(undefined, { OperatorID: false }), ['field-invalid OperatorID']],
    [
      'a total without a type',
      aReceipt([], {}, { Total: { Amount: 3 } }),
      ['field-missing RetailTransaction.Total.TotalType'],
    ],
    ['a total that is a number', aReceipt([], {}, { Total: [3] }), ['field-invalid RetailTransaction.Total[0]']],
    [
      'an email address that is true',
      aReceipt([], {}, { Customer: { EMail: true } }),
      ['field-invalid RetailTransaction.Customer.EMail'],
    ],
    [
      'one invalid card of two',
      aReceipt([], {}, { LoyaltyAccount: [{ LoyaltyAccountID: {} }, card] }),
      ['field-invalid RetailTransaction.LoyaltyAccount[0].LoyaltyAccountID'],
    ],
    [
      'an unknown status',
      aReceipt([], {}, { TransactionStatus: 'Blue' }),
      ['status-unknown RetailTransaction.TransactionStatus'],
    ],
    [
      'an end that is not an instant',
      aReceipt([], { EndDateTime: 'late', BeginDateTime: '2026-11-20T11:30:00Z' }),
      ['field-invalid EndDateTime'],
    ],
  ])('is removed with a violation: %s', (_, receipt, violations) => {
    expect(receiptViolationsOf(receipt)).toEqual(violations);
  });

  test('is reported with all others, without values, up to twenty', () => {
    const lines = Array.from({ length: 21 }, () => line({ Quantity: 'a secret' }));
    const violations = violationsOf(aReceipt(lines));
    expect(violations).toHaveLength(20);
    expect(violations[19]).toMatchObject({ field: 'RetailTransaction.LineItem[19].Sale.Quantity', given: 'a secret' });
    expect(JSON.stringify(violations.map(({ reason }) => reason))).not.toContain('secret');
  });

  test('leads to a rejection if the source is strict', () => {
    const strict = { ...webShop, isStrict: true };
    expect(rejectionOf(aReceipt([line({ Quantity: 'x' })]), strict)).toMatchObject({ code: 'field-invalid' });
    expect(rejectionOf(aReceipt(), strict)).toBeUndefined();
  });

  test('counts as missing if it is null or blank', () => {
    const over = { Note: null, CurrencyCode: '', OperatorID: ' ', CancelFlag: '' };
    expect(
      receiptViolationsOf(aReceipt([line({ Quantity: '', ItemID: null })], over, { Total: null, Customer: null })),
    ).toEqual([]);
  });

  test('is stored in part, without characters that cannot be stored', () => {
    const given = violationsOf(aReceipt([line({ Quantity: `\u0000\ud800${'x'.repeat(999)}` })]))[0]!.given;
    expect(given).toBe(`\ufffd${'x'.repeat(254)}`);
    expect(violationsOf(aReceipt([line({ Quantity: { deep: [] } })]))[0]).not.toHaveProperty('given');
  });
});

describe('sums that would be wrong are ignored', () => {
  test.each<[string, unknown]>([
    ['an invalid sale', { Sale: 5 }],
    ['a sale without an amount', { Sale: { ItemID: 'x' } }],
    ['an invalid line', 5],
    ['a line that may be void', { VoidFlag: 'perhaps', Sale: coat }],
  ])('for %s', (_, odd) => {
    const { name, properties } = activityOf(aReceipt([{ Sale: marker }, odd]));
    expect(name).toBe('order.completed');
    expect(properties).not.toHaveProperty('revenue');
    expect(properties['products']).toContainEqual({ sku: marker.ItemID, title: 'Marker', price: 1.5, quantity: 2 });
  });

  test('but the total of the till is used', () => {
    const Total = { TotalType: 'TransactionGrandAmount', Amount: 8 };
    const { name, properties } = activityOf(aReceipt([{ Sale: 5 }], {}, { Total }));
    expect([name, properties['total'], properties['revenue']]).toEqual(['order.completed', 8, undefined]);
  });
});

describe('other unambiguous spellings are read', () => {
  test.each([
    ['41,50', 41.5],
    ['1.234,50', 1234.5],
    ["1'234.50", 1234.5],
    ['41.50 €', 41.5],
    ['EUR 41.50', 41.5],
    [' 41.5 ', 41.5],
  ])('%s as an amount', (ExtendedAmount, revenue) => {
    expect(activityOf(aReceipt([line({ ExtendedAmount })]))).toMatchObject({ properties: { revenue } });
  });

  test('a minus after an amount', () => {
    expect(activityOf(aReceipt([line({ ExtendedAmount: '12.00-' })]))).toMatchObject({
      name: 'return.completed',
      properties: { refund: 12 },
    });
  });

  test.each(['true', '1', 'Y', 'yes', 1, true, 'TRUE'])('%j as a flag', (flag) => {
    expect(activityOf(aReceipt([{ Sale: marker }, { VoidFlag: flag, Sale: coat }])).properties['revenue']).toBe(3);
    expect(rejectionOf(aReceipt(undefined, { CancelFlag: flag }))).toMatchObject({ code: 'receipt-void' });
  });

  test.each(['false', '0', 'N', 'no', 0, false])('%j as no flag', (flag) => {
    expect(activityOf(aReceipt([{ Sale: marker }, { VoidFlag: flag, Sale: coat }])).properties['revenue']).toBe(123);
  });

  test.each<[string, object]>([
    ['a store with the name of older versions', { BusinessUnit: undefined, RetailStoreID: 'city' }],
    ['a store without an object around it', { BusinessUnit: 'city' }],
    ['names in another case', { WorkstationID: undefined, workstationId: 3 }],
    ['a text with attributes', { SequenceNumber: { '#text': '4711', '@TypeCode': 'x' } }],
    ['a date without separators', { BusinessDayDate: '20261120' }],
    ['a date as a number', { BusinessDayDate: 20_261_120 }],
    ['a date with a zone', { BusinessDayDate: '2026-11-20+01:00' }],
    ['a date with the time 00:00', { BusinessDayDate: '2026-11-20T00:00:00' }],
    [
      'a list of one',
      { SequenceNumber: '4711', RetailTransaction: [{ LineItem: { Sale: marker }, LoyaltyAccount: '77' }] },
    ],
  ])('%s', (_, over) => {
    const plain = verdictOn(aReceipt());
    expect(verdictOn(JSON.parse(JSON.stringify(aReceipt(undefined, over))))).toEqual({
      ...plain,
      activity: expect.objectContaining({ activityId: activityOf(aReceipt()).activityId }),
    });
  });

  test('attributes under the key of a converter', () => {
    const voided = [{ '@VoidFlag': 'true' }, { $: { VoidFlag: 'true' } }, { _attributes: { VoidFlag: 'true' } }];
    for (const flag of voided)
      expect(activityOf(aReceipt([{ Sale: marker }, { ...flag, Sale: coat }])).properties['revenue']).toBe(3);
  });

  test('ids of customers as numbers', () => {
    const Customer = { CustomerID: 81, Telephone: 390_212_345 };
    expect(activityOf(aReceipt([], {}, { Customer, LoyaltyAccount: { LoyaltyAccountID: 77 } })).identifiers).toEqual([
      { kind: 'user_id', value: '81' },
      { kind: 'loyalty_card', value: '77' },
      { kind: 'phone', value: '390212345' },
    ]);
  });
});

describe('two receipts with ambiguous ids', () => {
  test.each([
    ['bytes that were not UTF-8', { BusinessUnit: [{ UnitID: 'm\ufffdnchen' }] }],
    ['a number that Excel has rounded', { SequenceNumber: '4,00638E+12' }],
  ])('are rejected: %s', (_, over) => {
    expect(rejectionOf(aReceipt(undefined, over))).toMatchObject({ code: 'identifier-unclear', messageId: undefined });
  });

  test('stay two if their ids differ', () => {
    expect(activityOf(aReceipt(undefined, { SequenceNumber: '12E5' })).messageId).toContain('/12E5/');
  });
});

describe('a time without a zone', () => {
  const local = { EndDateTime: '2026-11-20T10:00:00' };
  const rome = { ...webShop, timeZone: 'Europe/Rome' };
  test.each<[string, object, string]>([
    ['the end', local, '2026-11-20T09:00:00.000Z'],
    ['the beginning', { EndDateTime: null, BeginDateTime: '2026-11-20T10:00:00' }, '2026-11-20T09:00:00.000Z'],
    ['the business day', { EndDateTime: null }, '2026-11-19T23:00:00.000Z'],
  ])('is in the time zone of the source: %s', (_, over, timestamp) => {
    expect(verdictOn(aReceipt([], over), rome)).toMatchObject({ activity: { timestamp }, violations: [] });
    expect(receiptViolationsOf(aReceipt([], over))).toEqual(['time-zone-missing timestamp']);
  });
});

describe('a time that contradicts the business day', () => {
  const day = Date.parse('2026-11-20T00:00:00Z');
  const at = (ms: number) => new Date(day + ms).toISOString();
  const week = 7 * 24 * 3_600_000;
  test.each([
    [-week, true],
    [-week - 1, false],
    [-week + 1, true],
  ])('by %d ms is used: %j', (ms, isUsed) => {
    const receipt = aReceipt([], { EndDateTime: at(ms) });
    expect(activityOf(receipt).timestamp).toBe(at(isUsed ? ms : 0));
    expect(receiptViolationsOf(receipt)).toEqual(
      isUsed ? [] : ['timestamp-implausible EndDateTime', 'time-zone-missing timestamp'],
    );
  });

  test('as that of a clock that was reset, is replaced by one that does not', () => {
    const receipt = aReceipt([], { EndDateTime: '1970-01-01T00:00:07Z', BeginDateTime: at(5) });
    expect(activityOf(receipt).timestamp).toBe(at(5));
    expect(receiptViolationsOf(receipt)).toEqual(['timestamp-implausible EndDateTime']);
  });
});
