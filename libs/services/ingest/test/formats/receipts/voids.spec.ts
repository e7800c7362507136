import { describe, expect, test } from '@jest/globals';
import { activityOf, aReceipt, coat, marker, rejectionOf, receiptViolationsOf, withTotal } from './till.ts';

/** A line with its number. */
const numbered = (SequenceNumber: unknown, Sale: object, over: object = {}) => ({ SequenceNumber, Sale, ...over });
const voiding = (number: unknown, Sale: object, over: object = {}) =>
  numbered(number, Sale, { VoidFlag: true, ...over });
const what = (receipt: unknown) => {
  const { name, properties } = activityOf(receipt);
  const skus = (properties['products'] as { sku: string }[]).map(({ sku }) => sku);
  return [name, properties['revenue'] ?? properties['refund'], skus];
};
const bought = (revenue: number | undefined, ...skus: string[]) => ['order.completed', revenue, skus];

describe('a line that voids an earlier one', () => {
  test.each<[string, object]>([
    ['in the item', voiding(4, { ...coat, ItemLink: 3 })],
    ['in the line', voiding(4, coat, { ItemLink: '3' })],
    ['by another name', voiding(4, coat, { LineItemLink: { LineItemSequenceNumber: 3 } })],
    ['as a text with attributes', voiding('4', { ...coat, ItemLink: { '#text': '3' } })],
    ['by the number of that line', voiding(3, coat)],
    ['without the item', { SequenceNumber: 4, VoidFlag: 'true', ItemLink: 3 }],
    ['with an amount below 0', voiding(4, { ...coat, ItemLink: 3, ExtendedAmount: -120 })],
    ['without a link, below 0', voiding(4, { ...coat, ExtendedAmount: -120 })],
    ['only by an amount below 0', numbered(4, { ...coat, ExtendedAmount: '120.00-' })],
    ['only by a quantity below 0', numbered(4, { ...coat, Quantity: -1, ExtendedAmount: -120 })],
  ])('%s: neither counts', (_, back) => {
    expect(what(aReceipt([numbered(3, coat), numbered(5, marker), back]))).toEqual(bought(3, marker.ItemID));
    expect(what(aReceipt([back, numbered(5, marker), numbered(3, coat)]))).toEqual(bought(3, marker.ItemID));
    expect(rejectionOf(aReceipt([numbered(3, coat), back]))).toMatchObject({ code: 'receipt-void' });
    expect(rejectionOf(withTotal([numbered(3, coat), back], 0))).toMatchObject({ code: 'receipt-void' });
  });

  test('in part leaves the rest', () => {
    const back = voiding(2, { ...marker, Quantity: 1, ExtendedAmount: 1.5, ItemLink: 1 });
    const { properties } = activityOf(aReceipt([numbered(1, marker), back]));
    expect(properties).toMatchObject({ revenue: 1.5, products: [{ quantity: 1, price: 1.5 }] });
    expect(rejectionOf(aReceipt([numbered(1, marker), back, { ...back, SequenceNumber: 3 }]))).toMatchObject({
      code: 'receipt-void',
    });
  });

  test('may void a return', () => {
    const lines = [
      { SequenceNumber: 1, Return: coat },
      numbered(2, marker),
      { SequenceNumber: 3, VoidFlag: true, Return: { ...coat, ItemLink: 1 } },
    ];
    expect(what(aReceipt(lines))).toEqual(bought(3, marker.ItemID));
  });

  test('may void a discount', () => {
    const Discount = { Amount: 1 };
    const lines = [
      numbered(1, marker),
      { SequenceNumber: 2, Discount },
      { SequenceNumber: 3, ItemLink: 2, VoidFlag: true, Discount },
    ];
    expect(activityOf(withTotal(lines, 3)).properties).not.toHaveProperty('discount');
  });

  test.each<[string, readonly object[]]>([
    ['there is no line with that number', [numbered(1, coat), voiding(2, marker, { ItemLink: 9 })]],
    [
      'it is void already',
      [numbered(1, coat), voiding(2, coat, { ItemLink: 1 }), voiding(3, coat, { ItemLink: 1 }), numbered(4, marker)],
    ],
    ['it had a smaller amount', [numbered(1, coat), voiding(2, { ...coat, ExtendedAmount: 120.01, ItemLink: 1 })]],
  ])('is a violation if %s, and the sum is ignored', (_, lines) => {
    expect(what(aReceipt(lines))[1]).toBeUndefined();
    expect(receiptViolationsOf(aReceipt(lines))).toEqual([
      expect.stringContaining('void-unclear RetailTransaction.LineItem['),
    ]);
  });
});

describe('a void line', () => {
  test.each<[string, readonly object[], number]>([
    ['by a flag', [numbered(1, marker), voiding(2, coat)], 3],
    ['with a link to itself', [numbered(1, marker), voiding(2, coat, { ItemLink: 2 })], 3],
    ['by its other flag', [numbered(1, marker), numbered(2, coat, { CancelFlag: 'Y' })], 3],
    ['by a flag of its item', [numbered(1, marker), numbered(2, { ...coat, VoidFlag: true })], 3],
    [
      'with a deposit that belongs to it',
      [numbered(1, marker), voiding(2, coat), voiding(3, { ...marker, ItemLink: 2 })],
      3,
    ],
    ['that belongs to a valid line', [numbered(1, marker), voiding(2, coat, { ItemLink: 1 })], 3],
  ])('%s', (_, lines, revenue) => {
    expect(what(aReceipt(lines))).toEqual(bought(revenue, marker.ItemID));
    expect(receiptViolationsOf(aReceipt(lines))).toEqual([]);
  });

  test('without others is no sale', () => {
    expect(rejectionOf(aReceipt([{ VoidFlag: true, Sale: coat }]))).toMatchObject({ code: 'receipt-void' });
  });

  describe('or one that voids an equal line, without a link', () => {
    const lines = [{ Sale: coat }, { Sale: marker }, { VoidFlag: true, Sale: coat }];
    test('is resolved by the grand total', () => {
      expect(what(withTotal(lines, 123))).toEqual(bought(123, 'coat', marker.ItemID));
      expect(what(withTotal(lines, 3))).toEqual(bought(3, marker.ItemID));
      expect([receiptViolationsOf(withTotal(lines, 123)), receiptViolationsOf(withTotal(lines, 3))]).toEqual([[], []]);
      expect(rejectionOf(withTotal([lines[0], lines[2]], '0.00'))).toMatchObject({ code: 'receipt-void' });
    });
    test('is a violation without a grand total, and the sum is ignored', () => {
      expect(what(aReceipt(lines))).toEqual(bought(undefined, 'coat', marker.ItemID));
      expect(receiptViolationsOf(aReceipt(lines))).toEqual(['void-unclear RetailTransaction.LineItem[0]']);
    });
  });
});

test('a return is not a void: a return of all bought items is an order with the amount 0', () => {
  expect(what(aReceipt([{ Sale: coat }, { Return: coat }]))).toEqual(bought(0, 'coat', 'coat'));
});

test('a void receipt with a total that is not 0 is accepted, with a violation', () => {
  const receipt = withTotal([numbered(1, coat), voiding(2, coat, { ItemLink: 1 })], 120);
  expect(activityOf(receipt)).toMatchObject({ name: 'receipt.issued', properties: { products: [] } });
  expect(activityOf(receipt).properties).not.toHaveProperty('total');
  expect(receiptViolationsOf(receipt)).toEqual(['total-differs RetailTransaction.Total']);
});

test('a transaction of a log that was converted from XML is no sale if its line was voided', () => {
  const line = (number: string, over: object, link: object) => ({
    ...over,
    SequenceNumber: number,
    Sale: {
      '@ItemType': 'Stock',
      ItemID: '32',
      ActualSalesUnitPrice: '21',
      ExtendedAmount: '21',
      Quantity: { '@Units': '1', '@UnitOfMeasureCode': 'EA', '#text': '1' },
      ...link,
    },
  });
  const total = (name: string) => ({ '@TotalType': `Transaction${name}Amount`, '#text': '0' });
  const Transaction = {
    RetailStoreID: '502',
    WorkstationID: '2',
    SequenceNumber: '2729',
    BusinessDayDate: '2026-07-14',
    OperatorID: { '@OperatorName': 'A. Cashier', '#text': '1102' },
    CurrencyCode: 'AED',
    RetailTransaction: {
      '@Version': '2.2',
      LineItem: [line('3', {}, {}), line('4', { '@VoidFlag': 'true' }, { ItemLink: '3' })],
      Total: [total('Net'), total('Tax'), total('Grand')],
      LoyaltyAccount: { LoyaltyAccountID: '77' },
    },
  };
  expect(rejectionOf({ Transaction })).toMatchObject({
    code: 'receipt-void',
    messageId: 'receipt/502/2/2729/2026-07-14',
  });
});
