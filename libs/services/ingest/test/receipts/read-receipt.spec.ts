import { describe, expect, test } from '@jest/globals';
import { judgeAs } from '../../src/accept/format.ts';
import fc from 'fast-check';
import { noon, webShop } from '../builders.ts';

const card = { LoyaltyAccountID: '77' };
const marker = {
  ItemID: '4006381333931',
  Description: 'Marker',
  Quantity: 2,
  ActualSalesUnitPrice: 1.5,
  ExtendedAmount: 3,
};
const coat = { ItemID: 'coat', Quantity: 1, ExtendedAmount: 120 };

/** What a till in the city writes for a customer with a card. */
function aReceipt(lines: readonly object[] = [{ Sale: marker }], over: object = {}, sale: object = {}): object {
  return {
    BusinessUnit: [{ UnitID: 'city' }],
    WorkstationID: 3,
    SequenceNumber: 4711,
    BusinessDayDate: '2026-11-20',
    EndDateTime: '2026-11-20T12:31:00+01:00',
    RetailTransaction: { LineItem: lines, LoyaltyAccount: [card], ...sale },
    ...over,
  };
}

const verdictOn = (receipt: unknown, source = webShop) =>
  judgeAs('receipt', receipt, { ...source, isPaused: false }, { receivedAt: noon });
function activityOf(receipt: unknown) {
  const verdict = verdictOn(receipt);
  if (verdict.kind === 'rejected') throw new Error(`${verdict.rejection.code}: ${verdict.rejection.reason}`);
  return verdict.activity;
}
function rejectionOf(receipt: unknown, source = webShop) {
  const verdict = verdictOn(receipt, source);
  return verdict.kind === 'rejected' ? verdict.rejection : undefined;
}

test('a line of less than nothing is given back', () => {
  const lines = [{ Sale: { ...coat, ExtendedAmount: 50 } }, { Sale: { ...marker, Quantity: -1, ExtendedAmount: -20 } }];
  const { name, properties } = activityOf(aReceipt(lines));
  expect([name, properties['revenue'], properties['products']]).toMatchObject([
    'order.completed',
    30,
    [{ quantity: 1 }, { quantity: -1, price: 20 }],
  ]);
});

test('a line that was taken back does not count, and a finished transaction does', () => {
  const lines = [{ Sale: marker }, { VoidFlag: true, Sale: coat }, { VoidFlag: false, Sale: marker }];
  const { name, properties } = activityOf(aReceipt(lines, {}, { TransactionStatus: 'Finished' }));
  expect([name, properties['revenue'], properties['products']]).toEqual([
    'order.completed',
    6,
    [expect.objectContaining({ sku: marker.ItemID }), expect.objectContaining({ sku: marker.ItemID })],
  ]);
});

describe('a receipt', () => {
  test('of a sale is an order that was completed in the store', () => {
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
      'as much as was bought is an order of nothing',
      'order.completed',
      { revenue: 0 },
      [{ Sale: coat }, { Return: coat }],
    ],
    ['more than was bought is a return', 'return.completed', { refund: 117 }, [{ Sale: marker }, { Return: coat }]],
    ['everything is a return', 'return.completed', { refund: 3 }, [{ Return: marker }]],
    ['for a reason', 'return.completed', { reason: 'dry' }, [{ Return: { ...marker, Reason: 'dry' } }]],
  ])('on which was given back %s', (_, name, properties, lines) => {
    expect(activityOf(aReceipt(lines))).toMatchObject({ name, properties });
  });

  test('has what was given back among its products, with quantities below 0', () => {
    expect(
      activityOf(aReceipt([{ Sale: coat }, { Return: { ...marker, ExtendedAmount: -3, Quantity: -2 } }])),
    ).toMatchObject({
      properties: { products: [{ sku: 'coat' }, { sku: '4006381333931', price: 1.5, quantity: -2 }], revenue: 117 },
    });
  });

  test('on which nothing was bought is one that was issued', () => {
    expect(activityOf(aReceipt([{ Tender: { TenderType: 'Cash' } }]))).toMatchObject({ name: 'receipt.issued' });
    expect(activityOf(aReceipt([]))).toMatchObject({ name: 'receipt.issued', properties: { products: [] } });
  });

  test('may come in the envelopes of the API, and with objects where there could be a list', () => {
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

  test('has sums without the dust of binary fractions', () => {
    const lines = Array.from({ length: 3 }, () => ({ Sale: { ItemID: 'x', ExtendedAmount: 0.1 } }));
    expect(activityOf(aReceipt(lines)).properties['revenue']).toBe(0.3);
  });

  test('knows the customer by card, account, mail and phone', () => {
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

  test('of nobody who is known is kept as rejected', () => {
    expect(rejectionOf(aReceipt(undefined, {}, { LoyaltyAccount: undefined }))).toMatchObject({
      code: 'identifier-missing',
      reason: expect.stringContaining('LoyaltyAccountID'),
    });
  });
});

const told = (receipt: unknown) => {
  const verdict = verdictOn(receipt);
  if (verdict.kind === 'rejected') throw new Error(verdict.rejection.reason);
  return verdict.violations.map(({ code, field }) => `${code} ${field}`);
};
const total = (Amount: unknown) => ({ Total: [{ TotalType: 'TransactionGrandAmount', Amount }] });

describe('a receipt that is wrong in something', () => {
  test('is taken without it, and told all of it', () => {
    const lines = [{ Sale: coat }, { Sale: { ...marker, ExtendedAmount: 'much', Description: true } }, { Sale: 5 }];
    const receipt = aReceipt(lines, { OperatorID: {} }, { Customer: 'Ada', ...total('a lot') });
    expect(told(receipt).sort()).toEqual([
      'field-invalid OperatorID',
      'field-invalid RetailTransaction.Customer',
      'field-invalid RetailTransaction.LineItem[1].Sale.Description',
      'field-invalid RetailTransaction.LineItem[1].Sale.ExtendedAmount',
      'field-invalid RetailTransaction.LineItem[2].Sale',
      'field-invalid RetailTransaction.Total[0].Amount',
    ]);
    const { properties } = activityOf(receipt);
    expect(properties).toMatchObject({ products: [{ sku: 'coat' }, { sku: marker.ItemID }] });
    // Of a line nobody knows what it came to.
    for (const sum of ['revenue', 'total']) expect(properties).not.toHaveProperty(sum);
    expect(rejectionOf(receipt, { ...webShop, isStrict: true })?.code).toBe('field-invalid');
  });

  test('may have amounts and flags as people and XML write them', () => {
    const lines = [{ Sale: { ...coat, ExtendedAmount: '1.120,50' } }, { VoidFlag: 'true', Sale: marker }];
    const receipt = aReceipt(lines, {}, total('1120,50 €'));
    expect([told(receipt), activityOf(receipt).properties]).toMatchObject([[], { revenue: 1120.5, total: 1120.5 }]);
  });
});

test('a receipt that nests far too deeply in something is taken without it, and stays as it came', () => {
  const deep = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`) as unknown;
  const receipt = aReceipt(undefined, { Note: deep, OperatorID: { deep } });
  expect(told(receipt).sort()).toEqual(['field-invalid Note', 'field-invalid OperatorID']);
  expect((receipt as { Note: unknown }).Note).toBe(deep);
});

describe('the time of a receipt without a zone', () => {
  const local = aReceipt(undefined, { EndDateTime: '2026-07-15T12:31:00' });

  test('is that of the zone of its source, or else UTC, which is told', () => {
    const verdict = verdictOn(local, { ...webShop, timeZone: 'Europe/Rome' });
    expect(verdict).toMatchObject({ activity: { timestamp: '2026-07-15T10:31:00.000Z' }, violations: [] });
    expect(told(local)).toEqual(['time-zone-missing timestamp']);
  });
});

describe('a line that takes back an earlier one', () => {
  const [sale, other] = [
    { SequenceNumber: 32, Sale: { ...coat, ExtendedAmount: 21 } },
    { SequenceNumber: 34, Sale: marker },
  ];
  const revenueOf = (lines: readonly object[], sum?: number) =>
    activityOf(aReceipt(lines, {}, sum === undefined ? {} : total(sum))).properties['revenue'];

  test.each([[[32]], [['32']], [32]])('by a link, %j, leaves neither', (ItemLink) => {
    const back = { SequenceNumber: 33, VoidFlag: true, ItemLink, Sale: sale.Sale };
    expect(revenueOf([sale, back, other], 3)).toBe(3);
    expect(rejectionOf(aReceipt([sale, back], {}, total(0)))).toMatchObject({
      code: 'receipt-void',
      reason: 'every line of the receipt was taken back',
    });
  });

  test('without a link is void itself, or takes back one like it, as the total says', () => {
    const back = { SequenceNumber: 33, VoidFlag: true, Sale: sale.Sale };
    expect(revenueOf([sale, back, other], 24)).toBe(24);
    expect(revenueOf([sale, back, other], 3)).toBe(3);
    expect(revenueOf([sale, back, other])).toBe(24);
  });

  test('leaves what remains, whatever is sold, given back and taken back in whatever order', () => {
    const cents = fc.integer({ min: 1, max: 100_000 });
    const line = fc.record({ amount: cents, isReturn: fc.boolean(), isVoid: fc.boolean() });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), fc.infiniteStream(fc.nat()), (all, dice) => {
        const lines = all.map(({ amount, isReturn }, nth) => ({
          SequenceNumber: nth,
          [isReturn ? 'Return' : 'Sale']: { ItemID: 'x', ExtendedAmount: amount / 100 },
        }));
        const voids = all.flatMap(({ isVoid }, nth) => (isVoid ? [{ VoidFlag: true, ItemLink: [nth] }] : []));
        const shuffled = [...lines, ...voids]
          .map((one) => ({ one, at: dice.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one);
        const left = all.filter(({ isVoid }) => !isVoid);
        const net = left.reduce((sum, { amount, isReturn }) => sum + (isReturn ? -amount : amount), 0) / 100;
        const receipt = aReceipt(shuffled);
        if (left.length === 0) return expect(rejectionOf(receipt)?.code).toBe('receipt-void');
        const { revenue, refund } = activityOf(receipt).properties as { revenue?: number; refund?: number };
        expect((revenue ?? 0) - (refund ?? 0)).toBeCloseTo(net, 6);
      }),
    );
  });
});

describe('a total that the lines do not come to', () => {
  const sold = [{ Sale: { ...coat, ExtendedAmount: 100 } }];

  test.each([
    [99.93, true],
    [99.94, false],
    [99.95, false],
    [100, false],
    [100.06, false],
    [100.07, true],
  ])('of %d, where they come to 100, differs: %s', (amount, differs) => {
    const receipt = aReceipt(sold, {}, total(amount));
    expect(told(receipt)).toEqual(differs ? ['total-differs RetailTransaction.Total'] : []);
    const { properties } = activityOf(receipt);
    expect([properties['revenue'], properties['total']]).toEqual(differs ? [undefined, undefined] : [100, amount]);
  });

  test.each([
    ['tax beside the lines', [{ Tax: { Amount: 19 } }], 119],
    ['a discount of the receipt', [{ Discount: { Amount: 10 } }], 90],
    ['both', [{ Tax: { Amount: 19 } }, { Discount: { Amount: 10 } }], 109],
  ])('does not differ by %s', (_, more, amount) => {
    expect(told(aReceipt([...sold, ...more], {}, total(amount)))).toEqual([]);
  });
});

describe('a receipt is the same', () => {
  const idOf = (over: object) => activityOf(aReceipt(undefined, over)).activityId;
  const first = idOf({});

  test('when store, till, number and business day are', () => {
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

describe('what is no receipt', () => {
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
    [aReceipt(undefined, { WorkstationID: 'b\ufffdhm' }), /WorkstationID/],
    [
      { ...without('BusinessUnit'), WorkstationID: null, SequenceNumber: [] },
      /BusinessUnit.*WorkstationID.*SequenceNumber/,
    ],
    [aReceipt(undefined, { RetailTransaction: {} }), /LineItem/],
  ])('%j is rejected with the reason', (receipt, reason) => {
    const plain = JSON.parse(JSON.stringify(receipt)) as unknown;
    expect(rejectionOf(plain)).toMatchObject({ code: 'receipt-invalid', reason: expect.stringMatching(reason) });
  });

  test.each([
    ['the largest number', { SequenceNumber: 2 ** 53 - 1 }, '/3/9007199254740991/'],
    ['an emoji', { WorkstationID: '👩‍🚀' }, '/%F0%9F%91%A9%E2%80%8D%F0%9F%9A%80/'],
    ['a space before it', { SequenceNumber: ' 7' }, '/3/%207/'],
    ['a NUL', { SequenceNumber: '7\u0000' }, '/3/7%00/'],
  ])('that is known by %s is taken', (_, over, part) => {
    expect(activityOf(aReceipt(undefined, over)).messageId).toContain(part);
  });

  test.each([
    [{ CancelFlag: true }, 'receipt-void'],
    [{ TrainingModeFlag: true }, 'receipt-void'],
    ...['Voided', 'PostVoided', 'Suspended', 'Canceled', 'InProcess'].map((TransactionStatus): [object, string] => [
      { RetailTransaction: { LineItem: [{ Sale: marker }], LoyaltyAccount: [card], TransactionStatus } },
      'receipt-void',
    ]),
    [{ EndDateTime: 'yesterday' }, 'timestamp-invalid'],
    [{ BusinessDayDate: '2026-02-30', EndDateTime: undefined }, 'timestamp-invalid'],
  ])('or one with %j is rejected, and known by its id', (over, code) => {
    expect(rejectionOf(aReceipt(undefined, over))).toMatchObject({
      code,
      messageId: expect.stringMatching(/^receipt\/city/),
    });
  });
});
