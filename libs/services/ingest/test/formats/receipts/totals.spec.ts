import { describe, expect, test } from '@jest/globals';
import { activityOf, aReceipt, coat, marker, receiptViolationsOf, withTotal } from './till.ts';

const sums = (receipt: unknown) => {
  const { revenue, refund, total } = activityOf(receipt).properties;
  return [revenue ?? refund, total, ...receiptViolationsOf(receipt)];
};
const tax = (Amount: number) => ({ TotalType: 'TransactionTaxAmount', Amount });
const differs = [undefined, undefined, 'total-differs RetailTransaction.Total'];
const sold = (ExtendedAmount: number) => [{ Sale: { ItemID: 'x', ExtendedAmount } }];

describe('a grand total', () => {
  test.each<[string, unknown, readonly unknown[]]>([
    ['that is the sum', withTotal(sold(20), 20), [20, 20]],
    ['5 cents below', withTotal(sold(20), 19.95), [20, 19.95]],
    ['4 cents below', withTotal(sold(20), 19.96), [20, 19.96]],
    ['6 cents below', withTotal(sold(20), 19.94), differs],
    ['5 cents above', withTotal(sold(20), 20.05), [20, 20.05]],
    ['6 cents above', withTotal(sold(20), 20.06), differs],
    ['with tax on top', withTotal(sold(20), 21.6, tax(1.6)), [20, 21.6]],
    ['with tax on top, 5 cents off', withTotal(sold(20), 21.65, tax(1.6)), [20, 21.65]],
    ['with tax on top, 6 cents off', withTotal(sold(20), 21.66, tax(1.6)), differs],
    ['including the tax', withTotal(sold(20), 20, tax(1.6)), [20, 20]],
    ['with tax in lines', withTotal([...sold(20), { Tax: { Amount: 1.6 } }], 21.6), [20, 21.6]],
    ['less a discount', withTotal([...sold(20), { Discount: { Amount: 5 } }], 15), [15, 15]],
    ['less a discount below 0', withTotal([...sold(20), { Discount: { Amount: -5 } }], 15), [15, 15]],
    ['less a discount, 6 cents off', withTotal([...sold(20), { Discount: { Amount: 5 } }], 14.94), differs],
    [
      'less a discount on an item',
      withTotal([{ Sale: { ...marker, RetailPriceModifier: { Amount: 0.5 } } }], 2.5),
      [2.5, 2.5],
    ],
    ['after a discount that the lines include', withTotal([...sold(15), { Discount: { Amount: 5 } }], 15), [15, 15]],
    ['with its rounding', withTotal(sold(20.4), 20, { TotalType: 'RoundingAmount', Amount: -0.4 }), [20.4, 20]],
    ['with another rounding', withTotal(sold(20.4), 20, { TotalType: 'RoundingAmount', Amount: -0.3 }), differs],
    [
      'with tax by the net total',
      withTotal(sold(20), 21.6, { TotalType: 'TransactionNetAmount', Amount: 20 }),
      [20, 21.6],
    ],
    ['as a text', withTotal(sold(1234.5), '1.234,50'), [1234.5, 1234.5]],
    ['twice', withTotal(sold(20), 20, { TotalType: 'TransactionGrandAmount', Amount: 20 }), [20, 20]],
    ['of 0 with items', withTotal(sold(20), 0), differs],
    ['below 0 for a return', withTotal([{ Return: coat }], -120), [120, -120]],
    ['above 0 for a return', withTotal([{ Return: coat }], 120), [120, -120]],
    ['above 0 for more given back than bought', withTotal([{ Return: coat }, { Sale: marker }], 117), [117, -117]],
    ['below 0 for a sale', withTotal(sold(20), -20), differs],
    ['with a returned deposit', withTotal([...sold(20), ...sold(-0.25)], 19.75), [19.75, 19.75]],
  ])('%s', (_, receipt, expected) => {
    expect(sums(receipt)).toEqual(expected);
  });

  test.each([
    ['CHF', 20.02, 20, true],
    ['CHF', 20, 20.06, false],
    ['SEK', 20.5, 20, true],
    ['SEK', 20.51, 20, false],
    ['HUF', 202.5, 200, true],
    ['HUF', 203, 200, false],
  ])('in %s of %d for %d is a rounding: %j', (CurrencyCode, sum, grand, isRounded) => {
    const receipt = { ...withTotal(sold(sum), grand), CurrencyCode };
    expect(sums(receipt)).toEqual(isRounded ? [sum, grand] : differs);
  });

  test('that is given twice with different amounts is ignored', () => {
    const receipt = withTotal(sold(20), 20, { TotalType: 'TransactionGrandAmount', Amount: 21 });
    expect(sums(receipt)).toEqual([20, undefined, 'total-differs RetailTransaction.Total[1]']);
  });

  test('is not compared with the payments, as there is change', () => {
    expect(sums(withTotal([...sold(20), { Tender: { TenderType: 'Cash', Amount: 50 } }], 20))).toEqual([20, 20]);
  });
});

describe('an extended amount that is not quantity × unit price', () => {
  const line = (ExtendedAmount: number) => [
    { Sale: { ItemID: 'x', Quantity: 3, ActualSalesUnitPrice: 10, ExtendedAmount } },
  ];
  const violation = 'amount-differs RetailTransaction.LineItem[0].Sale.ExtendedAmount';

  test.each([
    [30.02, true],
    [30.03, false],
    [29.98, true],
    [29.97, false],
  ])('of %d is a rounding: %j', (amount, isRounded) => {
    expect(receiptViolationsOf(aReceipt(line(amount)))).toEqual(isRounded ? [] : [violation]);
  });

  test('is a violation, and is used unless the grand total matches the other amount', () => {
    expect(sums(aReceipt(line(20)))).toEqual([20, undefined, violation]);
    expect(sums(withTotal(line(20), 20))).toEqual([20, 20, violation]);
    expect(sums(withTotal(line(20), 30))).toEqual([30, 30, violation]);
    expect(sums(withTotal(line(20), 25))).toEqual([undefined, undefined, violation, differs[2]]);
    expect(activityOf(withTotal(line(20), 25)).properties['products']).toEqual([{ sku: 'x', quantity: 3 }]);
  });

  test('is valid if a discount explains it', () => {
    const [{ Sale }] = line(25) as [{ Sale: object }];
    expect(
      receiptViolationsOf(aReceipt([{ Sale: { ...Sale, RetailPriceModifier: [{ Amount: 2 }, { Amount: '3,00' }] } }])),
    ).toEqual([]);
  });
});

test('with a quantity below 0 and an amount above 0, the grand total decides whether it was sold', () => {
  const lines = [{ Sale: coat }, { Sale: { ItemID: 'x', Quantity: -1, ExtendedAmount: 20 } }];
  const violation = 'amount-differs RetailTransaction.LineItem[1].Sale.ExtendedAmount';
  expect(sums(aReceipt(lines))).toEqual([undefined, undefined, violation]);
  expect(sums(withTotal(lines, 100))).toEqual([100, 100, violation]);
  expect(sums(withTotal(lines, 140))).toEqual([140, 140, violation]);
});

describe('another currency', () => {
  const euro = { CurrencyCode: 'EUR' };
  test('of a line is a violation, and the sum is ignored', () => {
    const lines = [{ Sale: coat }, { Sale: { ...marker, CurrencyCode: 'CHF' } }];
    const field = 'RetailTransaction.LineItem[1].Sale';
    const violations = [`currency-differs ${field}.ExtendedAmount`, `currency-differs ${field}.ActualSalesUnitPrice`];
    expect(sums({ ...withTotal(lines, 123), ...euro })).toEqual([undefined, 123, ...violations]);
  });
  test('in the text of an amount is a violation', () => {
    const lines = [{ Sale: { ItemID: 'x', ExtendedAmount: { '#text': '3', '@CurrencyCode': 'CHF' } } }];
    expect(sums({ ...aReceipt(lines), ...euro })[0]).toBeUndefined();
  });
  test('of a total is a violation, and the total is ignored', () => {
    const receipt = aReceipt(sold(20), euro, {
      Total: { TotalType: 'TransactionGrandAmount', Amount: 22, CurrencyCode: 'CHF' },
    });
    expect(sums(receipt)).toEqual([20, undefined, 'currency-differs RetailTransaction.Total.Amount']);
  });
  test('does not exist if the receipt has none and all amounts have the same', () => {
    const lines = [{ Sale: { ...coat, CurrencyCode: 'CHF' } }, { Sale: { ...marker, CurrencyCode: 'chf' } }];
    expect(activityOf(aReceipt(lines)).properties).toMatchObject({ revenue: 123, currency: 'CHF' });
  });
});
