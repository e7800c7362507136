import type { ActivityReceived, Violation } from '@sestante/contracts';
import { judgeAs } from '../../../src/formats/judge-as.ts';
import type { Rejection, Verdict } from '../../../src/judge/judge.ts';
import { noon, webShop } from '../../builders.ts';

export const card = { LoyaltyAccountID: '77' };
export const marker = {
  ItemID: '4006381333931',
  Description: 'Marker',
  Quantity: 2,
  ActualSalesUnitPrice: 1.5,
  ExtendedAmount: 3,
};
export const coat = { ItemID: 'coat', Quantity: 1, ExtendedAmount: 120 };

/** A receipt of a till in the city, for a customer with a card. */
export function aReceipt(lines: unknown = [{ Sale: marker }], over: object = {}, sale: object = {}): object {
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

/** The same with a grand total. */
export const withTotal = (lines: unknown, Amount: unknown, ...others: readonly object[]) =>
  aReceipt(lines, {}, { Total: [{ TotalType: 'TransactionGrandAmount', Amount }, ...others] });

export const verdictOn = (receipt: unknown, source = webShop): Verdict =>
  judgeAs('receipt', receipt, { ...source, isPaused: false }, { receivedAt: noon });

/** The activity of the receipt. Throws with the reason if it is rejected. */
export function activityOf(receipt: unknown): ActivityReceived {
  const verdict = verdictOn(receipt);
  if (verdict.kind === 'rejected') throw new Error(`${verdict.rejection.code}: ${verdict.rejection.reason}`);
  return verdict.activity;
}

export function rejectionOf(receipt: unknown, source = webShop): Rejection | undefined {
  const verdict = verdictOn(receipt, source);
  return verdict.kind === 'rejected' ? verdict.rejection : undefined;
}

/** The violations of the receipt: code and field. */
export function receiptViolationsOf(receipt: unknown): readonly string[] {
  return violationsOf(receipt).map(({ code, field }) => `${code} ${field}`);
}

export function violationsOf(receipt: unknown): readonly Violation[] {
  const verdict = verdictOn(receipt);
  if (verdict.kind === 'rejected') throw new Error(`${verdict.rejection.code}: ${verdict.rejection.reason}`);
  return verdict.violations;
}
