import { defined } from '../accept/defined.ts';
import type { Read } from '../accept/read.ts';
import { beginningOf } from '../judge/beginning-of.ts';
import { type Item, type LineItem, parseReceipt, type Receipt } from './receipt.ts';

/**
 * A till's receipt as an event of the tracking API: `order.completed` where something was bought, `return.completed` where more was given
 * back than bought, `receipt.issued` for the others. It is the same whenever store, till, number and business day are.
 */
export function readReceipt(value: unknown): Read {
  const receipt = parseReceipt(value);
  if (typeof receipt === 'string') return { code: 'receipt-invalid', reason: receipt };
  const receiptId = idOf(receipt);
  const messageId = `receipt/${receiptId}`;
  const whyVoid = whyNoSale(receipt);
  if (whyVoid) return { code: 'receipt-void', reason: whyVoid, messageId };
  const { RetailTransaction: sale, EndDateTime, BeginDateTime, BusinessDayDate } = receipt;
  return {
    event: defined({
      type: 'track',
      messageId,
      timestamp: EndDateTime ?? BeginDateTime ?? BusinessDayDate,
      userId: sale.Customer?.CustomerID,
      ...activityOf(receipt, receiptId),
      context: {
        channel: 'store',
        externalIds: many(sale.LoyaltyAccount).map((account) => ({
          type: 'loyalty_card',
          id: account.LoyaltyAccountID,
        })),
        traits: defined({ email: sale.Customer?.EMail, phone: sale.Customer?.Telephone }),
      },
    }),
  };
}

/** The states of a transaction in which nothing was sold, as tills write them: `Voided`, `PostVoided`, `Suspended`, `Canceled`, `InProcess`, … */
const noSale = /void|suspend|cancel|abort|fail|process/i;

function whyNoSale({ CancelFlag, TrainingModeFlag, RetailTransaction }: Receipt): string | undefined {
  const { TransactionStatus: status = '' } = RetailTransaction;
  if (CancelFlag) return 'the receipt was cancelled';
  if (TrainingModeFlag) return 'the till was in training';
  return noSale.test(status) ? `the transaction is ${beginningOf(status, 40)}` : undefined;
}

/** Those that were not taken back. */
function linesOf({ RetailTransaction }: Receipt): readonly LineItem[] {
  return many(RetailTransaction.LineItem).filter(({ VoidFlag }) => !VoidFlag);
}

/** Where, when, which. */
function idOf({ BusinessUnit, WorkstationID, SequenceNumber, BusinessDayDate }: Receipt): string {
  return [many(BusinessUnit)[0]?.UnitID, WorkstationID, SequenceNumber, BusinessDayDate].map(escaped).join('/');
}

/** A slash in a part would make two receipts one. */
const escaped = (part: unknown) => encodeURIComponent(String(part ?? ''));

function activityOf(receipt: Receipt, receiptId: string): { event: string; properties: object } {
  const items = linesOf(receipt);
  const sales = items.flatMap(({ Sale }) => Sale ?? []);
  const sold = sales.filter((item) => !isGivenBack(item));
  const returns = items.flatMap(({ Return }) => Return ?? []);
  const returned = [...sales.filter(isGivenBack), ...returns];
  const net = rounded(sum(sold.map(amountOf)) - sum(returned.map(amountOf)));
  const products = [...sold.map((item) => productOf(item, 1)), ...returned.map((item) => productOf(item, -1))];
  const properties = { ...aboutReceipt(receipt, receiptId), products };
  if (sold.length > 0 && net >= 0)
    return { event: 'order.completed', properties: { order_id: receiptId, revenue: net, ...properties } };
  if (returned.length > 0) {
    const reason = returns.find(({ Reason }) => Reason !== undefined)?.Reason;
    return { event: 'return.completed', properties: defined({ ...properties, refund: -net, reason }) };
  }
  return { event: 'receipt.issued', properties };
}

function aboutReceipt(receipt: Receipt, receiptId: string): object {
  const lines = linesOf(receipt);
  const totals = new Map(many(receipt.RetailTransaction.Total).map(({ TotalType, Amount }) => [TotalType, Amount]));
  const tax = sum(lines.flatMap(({ Tax }) => Tax?.Amount ?? []).map(Number));
  const tenders = lines.flatMap(({ Tender }) => Tender?.TenderType ?? []).map(String);
  return defined({
    receipt_id: receiptId,
    store_id: many(receipt.BusinessUnit)[0]?.UnitID,
    till_id: receipt.WorkstationID,
    cashier_id: receipt.OperatorID,
    currency: receipt.CurrencyCode,
    total: numberIn(totals.get('TransactionGrandAmount')),
    tax: numberIn(totals.get('TransactionTaxAmount')) ?? (tax || undefined),
    discount: discountOf(lines) || undefined,
    payment_method: [...new Set(tenders)].join(', ') || undefined,
    note: receipt.Note,
  });
}

function discountOf(lines: readonly LineItem[]): number {
  const ofItems = lines.flatMap(({ Sale }) => many(Sale?.RetailPriceModifier));
  const ofReceipt = lines.flatMap(({ Discount }) => Discount ?? []);
  return rounded(sum([...ofItems, ...ofReceipt].map(({ Amount }) => Number(Amount))));
}

/** Some tills take a line back by another of less than nothing. */
function isGivenBack({ ExtendedAmount, Quantity }: Item): boolean {
  return (numberIn(ExtendedAmount) ?? numberIn(Quantity) ?? 0) < 0;
}

/** What is given back has a quantity below 0. */
function productOf(item: Item, sign: 1 | -1): object {
  return defined({
    sku: item.ItemID,
    title: item.Description,
    price: rounded(amountOf(item) / quantityOf(item)),
    quantity: sign * quantityOf(item),
  });
}

/** What a line comes to, above 0 also where it is given back. */
function amountOf(item: Item): number {
  const given = numberIn(item.ExtendedAmount);
  return Math.abs(given ?? (numberIn(item.ActualSalesUnitPrice) ?? 0) * quantityOf(item));
}

/** One, where a till says nothing, or 0. */
function quantityOf({ Quantity }: Item): number {
  return Math.abs(numberIn(Quantity) ?? 1) || 1;
}

const numberIn = (amount: number | string | undefined) => (amount === undefined ? undefined : Number(amount));
const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
/** Money has at most four digits after the point. */
const rounded = (amount: number) => Math.round(amount * 10_000) / 10_000;

function many<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
