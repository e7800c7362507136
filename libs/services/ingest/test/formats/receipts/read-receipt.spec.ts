import { describe, expect, test } from '@jest/globals';
import { activityOf, aReceipt, card, coat, marker, rejectionOf } from './till.ts';

test('a line with an amount below 0 is a return', () => {
  const lines = [{ Sale: { ...coat, ExtendedAmount: 50 } }, { Sale: { ...marker, Quantity: -1, ExtendedAmount: -20 } }];
  const { name, properties } = activityOf(aReceipt(lines));
  expect([name, properties['revenue'], properties['products']]).toMatchObject([
    'order.completed',
    30,
    [{ quantity: 1 }, { quantity: -1, price: 20 }],
  ]);
});

test('a voided line does not count, and a finished transaction does', () => {
  const lines = [{ Sale: marker }, { VoidFlag: true, Sale: coat }, { VoidFlag: false, Sale: marker }];
  const { name, properties } = activityOf(aReceipt(lines, {}, { TransactionStatus: 'Finished' }));
  expect([name, properties['revenue'], properties['products']]).toEqual([
    'order.completed',
    6,
    [expect.objectContaining({ sku: marker.ItemID }), expect.objectContaining({ sku: marker.ItemID })],
  ]);
});

describe('a receipt', () => {
  test('of a sale is a completed order in the store', () => {
    const lines = [
      { Sale: { ...marker, RetailPriceModifier: [{ Amount: 0.5 }] } },
      { Sale: coat },
      { Discount: { Amount: '10.00' } },
      { Tax: { Amount: 19.64 } },
      { Tender: { TenderType: 'Cash', Amount: 100 } },
      { Tender: { TenderType: 'GiftCard', Amount: 23 } },
    ];
    const over = { OperatorID: 'c-7', CurrencyCode: 'EUR', Note: 'looks for a scarf for her mother' };
    const total = { Total: [{ TotalType: 'TransactionGrandAmount', Amount: 123 }] };
    expect(activityOf(aReceipt(lines, over, total))).toMatchObject({
      name: 'order.completed',
      channel: 'store',
      messageId: 'receipt/city/3/4711/2026-11-20',
      timestamp: '2026-11-20T11:31:00.000Z',
      identifiers: [{ kind: 'loyalty_card', value: '77' }],
      properties: {
        order_id: 'city/3/4711/2026-11-20',
        receipt_id: 'city/3/4711/2026-11-20',
        store_id: 'city',
        till_id: 3,
        cashier_id: 'c-7',
        revenue: 123,
        total: 123,
        tax: 19.64,
        discount: 10.5,
        currency: 'EUR',
        payment_method: 'Cash, GiftCard',
        note: 'looks for a scarf for her mother',
        products: [
          { sku: '4006381333931', title: 'Marker', price: 1.5, quantity: 2 },
          { sku: 'coat', price: 120, quantity: 1 },
        ],
      },
    });
  });

  test.each([
    ['less than was bought is an order', 'order.completed', { revenue: 117 }, [{ Sale: coat }, { Return: marker }]],
    [
      'as much as was bought is an order with the amount 0',
      'order.completed',
      { revenue: 0 },
      [{ Sale: coat }, { Return: coat }],
    ],
    ['more than was bought is a return', 'return.completed', { refund: 117 }, [{ Sale: marker }, { Return: coat }]],
    ['everything is a return', 'return.completed', { refund: 3 }, [{ Return: marker }]],
    ['for a reason', 'return.completed', { reason: 'dry' }, [{ Return: { ...marker, Reason: 'dry' } }]],
  ])('with a return of %s', (_, name, properties, lines) => {
    expect(activityOf(aReceipt(lines))).toMatchObject({ name, properties });
  });

  test('has returned items among its products, with quantities below 0', () => {
    expect(
      activityOf(aReceipt([{ Sale: coat }, { Return: { ...marker, ExtendedAmount: -3, Quantity: -2 } }])),
    ).toMatchObject({
      properties: { products: [{ sku: 'coat' }, { sku: '4006381333931', price: 1.5, quantity: -2 }], revenue: 117 },
    });
  });

  test('without items is an issued receipt', () => {
    expect(activityOf(aReceipt([{ Tender: { TenderType: 'Cash' } }]))).toMatchObject({ name: 'receipt.issued' });
    expect(activityOf(aReceipt([]))).toMatchObject({ name: 'receipt.issued', properties: { products: [] } });
  });

  test('may have the envelopes of the API, and objects instead of lists', () => {
    const plain = aReceipt();
    const RetailTransaction = { LineItem: { Sale: marker }, LoyaltyAccount: card };
    const single = { ...plain, BusinessUnit: { UnitID: 'city' }, RetailTransaction };
    for (const form of [{ Transaction: plain }, { DigitalReceipt: { Transaction: plain } }, single])
      expect(activityOf(form)).toEqual(activityOf(plain));
  });

  test('may have amounts as texts, and lines without an amount', () => {
    const line = { ItemID: 'x', Quantity: '2', ActualSalesUnitPrice: '1.10' };
    expect(
      activityOf(aReceipt([{ Sale: line }, { Sale: { ItemID: 'y', ExtendedAmount: '0.20' } }])).properties,
    ).toMatchObject({
      revenue: 2.4,
      products: [
        { price: 1.1, quantity: 2 },
        { price: 0.2, quantity: 1 },
      ],
    });
  });

  test('has sums without floating-point errors', () => {
    const lines = Array.from({ length: 3 }, () => ({ Sale: { ItemID: 'x', ExtendedAmount: 0.1 } }));
    expect(activityOf(aReceipt(lines)).properties['revenue']).toBe(0.3);
  });

  test('has the customer by card, account, email and phone', () => {
    const Customer = { CustomerID: 'ada', EMail: 'Ada@Example.org', Telephone: '+39 02 1' };
    const LoyaltyAccount = [card, { LoyaltyAccountID: 78 }];
    expect(activityOf(aReceipt(undefined, {}, { Customer, LoyaltyAccount })).identifiers).toEqual([
      { kind: 'user_id', value: 'ada' },
      { kind: 'loyalty_card', value: '77' },
      { kind: 'loyalty_card', value: '78' },
      { kind: 'email', value: 'ada@example.org' },
      { kind: 'phone', value: '+39021' },
    ]);
  });

  test('without a customer is rejected', () => {
    expect(rejectionOf(aReceipt(undefined, {}, { LoyaltyAccount: undefined }))).toMatchObject({
      code: 'identifier-missing',
      reason: expect.stringContaining('LoyaltyAccountID'),
    });
  });
});

describe('a receipt has the same id', () => {
  const idOf = (over: object) => activityOf(aReceipt(undefined, over)).activityId;
  const first = idOf({});

  test('if store, till, number and business day are equal', () => {
    expect(idOf({ SequenceNumber: '4711', EndDateTime: undefined, Note: 'sent again' })).toBe(first);
  });

  test.each([
    { BusinessUnit: [{ UnitID: 'mall' }] },
    { WorkstationID: 4 },
    { SequenceNumber: 4712 },
    { BusinessDayDate: '2026-11-21' },
    { WorkstationID: '3/4711', SequenceNumber: '1' },
  ])('but not with %j', (over) => {
    expect(idOf(over)).not.toBe(first);
  });
});

describe('an invalid receipt', () => {
  const without = (name: string) => aReceipt(undefined, { [name]: undefined });
  test.each([
    [5, /object/],
    [null, /object/],
    [{}, /BusinessUnit/],
    [{ Transaction: 'text' }, /object/],
    [without('BusinessUnit'), /BusinessUnit/],
    [without('WorkstationID'), /WorkstationID/],
    [without('SequenceNumber'), /SequenceNumber/],
    [without('BusinessDayDate'), /BusinessDayDate/],
    [aReceipt(undefined, { SequenceNumber: ' ' }), /SequenceNumber/],
    [aReceipt(undefined, { SequenceNumber: 1.5 }), /SequenceNumber/],
    [aReceipt(undefined, { SequenceNumber: 2 ** 53 }), /SequenceNumber/],
    [aReceipt(undefined, { SequenceNumber: -(2 ** 53) }), /SequenceNumber/],
    [aReceipt(undefined, { SequenceNumber: 'half \ud800' }), /SequenceNumber/],
    [aReceipt(undefined, { WorkstationID: '\udc00' }), /WorkstationID/],
    [aReceipt(undefined, { BusinessUnit: { UnitID: '\udc00x' } }), /UnitID/],
    [aReceipt(undefined, { BusinessDayDate: '20.11.2026' }), /BusinessDayDate/],
    [without('RetailTransaction'), /RetailTransaction/],
    [aReceipt(undefined, { RetailTransaction: [{}, {}] }), /RetailTransaction/],
    [aReceipt(undefined, { WorkstationID: true, SequenceNumber: [] }), /WorkstationID.*; SequenceNumber/],
  ])('%j is rejected with the reason', (receipt, reason) => {
    const plain = JSON.parse(JSON.stringify(receipt)) as unknown;
    expect(rejectionOf(plain)).toMatchObject({ code: 'receipt-invalid', reason: expect.stringMatching(reason) });
  });

  test.each([
    ['the largest number', { SequenceNumber: 2 ** 53 - 1 }, '/3/9007199254740991/'],
    ['an emoji', { WorkstationID: '👩‍🚀' }, '/%F0%9F%91%A9%E2%80%8D%F0%9F%9A%80/'],
    ['a space before it', { SequenceNumber: ' 7' }, '/3/%207/'],
    ['a NUL', { SequenceNumber: '7\u0000' }, '/3/7%00/'],
  ])('but one with %s is accepted', (_, over, part) => {
    expect(activityOf(aReceipt(undefined, over)).messageId).toContain(part);
  });

  test.each([
    [{ CancelFlag: true }, 'receipt-void'],
    [{ TrainingModeFlag: true }, 'receipt-void'],
    ...['Voided', 'Suspended', 'SuspendedRetrieved', 'Canceled', 'InProcess', 'storniert'].map(
      (TransactionStatus): [object, string] => [
        { RetailTransaction: { LineItem: [{ Sale: marker }], LoyaltyAccount: [card], TransactionStatus } },
        'receipt-void',
      ],
    ),
    [{ EndDateTime: 'yesterday' }, 'timestamp-invalid'],
    [{ BusinessDayDate: '2026-02-30', EndDateTime: undefined }, 'timestamp-invalid'],
  ])('with %j is rejected with its message id', (over, code) => {
    expect(rejectionOf(aReceipt(undefined, over))).toMatchObject({
      code,
      messageId: expect.stringMatching(/^receipt\/city/),
    });
  });
});
