import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { activityOf, aReceipt, rejectionOf, receiptViolationsOf, verdictOn } from './till.ts';

/** A line of a receipt, and how it is voided, if it is. Amounts are in cents. */
interface Told {
  readonly isReturn: boolean;
  readonly cents: number;
  readonly quantity: number;
  readonly back: 'kept' | 'flagged' | 'linked' | 'negative';
}
const violation: fc.Arbitrary<Told> = fc.record({
  isReturn: fc.boolean(),
  cents: fc.integer({ min: 1, max: 100_000 }),
  quantity: fc.integer({ min: 1, max: 9 }),
  back: fc.constantFrom('kept', 'flagged', 'linked', 'negative'),
});

/** In the format of tills: each article once, with the index of the line as number. */
function linesOf({ isReturn, cents, quantity, back }: Told, place: number): object[] {
  const kind = isReturn ? 'Return' : 'Sale';
  const item = { ItemID: `article ${place}`, Quantity: quantity, ExtendedAmount: cents / 100 };
  const line = { SequenceNumber: place, [kind]: item };
  if (back === 'flagged') return [{ ...line, VoidFlag: true }];
  if (back === 'linked')
    return [line, { SequenceNumber: place + 1_000, VoidFlag: true, [kind]: { ...item, ItemLink: place } }];
  // Tills do not void a return by one with an amount below 0.
  if (back === 'negative' && !isReturn)
    return [line, { SequenceNumber: place + 1_000, [kind]: { ...item, ExtendedAmount: -cents / 100 } }];
  return [line];
}
const isKept = ({ back, isReturn }: Told) => back === 'kept' || (back === 'negative' && isReturn);

const receipts = fc
  .array(violation, { minLength: 1, maxLength: 12 })
  .chain((lines) =>
    fc
      .shuffledSubarray(lines.flatMap(linesOf), { minLength: lines.flatMap(linesOf).length })
      .map((shuffled) => ({ lines, shuffled })),
  );

describe('a receipt with sales, returns and voids in any order', () => {
  test('has the sum of the remaining lines, with and without a total', () => {
    fc.assert(
      fc.property(receipts, ({ lines, shuffled }) => {
        const kept = lines.filter(isKept);
        const cents = kept.reduce((sum, line) => sum + (line.isReturn ? -line.cents : line.cents), 0);
        const Total = { TotalType: 'TransactionGrandAmount', Amount: (cents / 100).toFixed(2) };
        for (const receipt of [aReceipt(shuffled), aReceipt(shuffled, {}, { Total })]) {
          if (kept.length === 0) {
            expect(rejectionOf(receipt)).toMatchObject({ code: 'receipt-void' });
            continue;
          }
          const { revenue, refund, products } = activityOf(receipt).properties;
          expect(Math.round((Number(revenue ?? 0) - Number(refund ?? 0)) * 100)).toBe(cents);
          expect(products).toHaveLength(kept.length);
          expect(receiptViolationsOf(receipt)).toEqual([]);
        }
      }),
    );
  });

  test('and any total is accepted, with a violation for a contradiction, or rejected', () => {
    fc.assert(
      fc.property(receipts, fc.integer({ min: -200_000, max: 200_000 }), ({ lines, shuffled }, total) => {
        const kept = lines.filter(isKept);
        const cents = kept.reduce((sum, line) => sum + (line.isReturn ? -line.cents : line.cents), 0);
        fc.pre(Math.abs(Math.abs(total) - Math.abs(cents)) > 5 && Math.abs(total) > 5);
        const Total = { TotalType: 'TransactionGrandAmount', Amount: total / 100 };
        const receipt = aReceipt(shuffled, {}, { Total });
        expect(receiptViolationsOf(receipt)).toContain('total-differs RetailTransaction.Total');
        expect(activityOf(receipt).properties).not.toHaveProperty('revenue');
      }),
    );
  });
});

test('any value in a receipt is judged', () => {
  const odd = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom('41,50', '1', 'x', -1, 1e300, null, [[]]));
  const line = fc.record(
    Object.fromEntries(
      ['VoidFlag', 'SequenceNumber', 'ItemLink', 'Sale', 'Return', 'Discount', 'Tax', 'Tender'].map((name) => [
        name,
        odd,
      ]),
    ),
    { requiredKeys: [] },
  );
  const sale = fc.record(
    {
      LineItem: fc.array(fc.oneof(line, odd)),
      Total: odd,
      Customer: odd,
      LoyaltyAccount: odd,
      TransactionLink: odd,
      TransactionStatus: odd,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(sale, odd, odd, (given, CurrencyCode, EndDateTime) => {
      const receipt = JSON.parse(JSON.stringify(aReceipt([], { CurrencyCode, EndDateTime }, given))) as unknown;
      expect(['accepted', 'rejected']).toContain(verdictOn(receipt).kind);
    }),
  );
});
