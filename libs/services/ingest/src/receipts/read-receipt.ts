import type { Violation } from '@sestante/contracts';
import { defined } from '../accept/defined.ts';
import type { Read } from '../accept/read.ts';
import { beginningOf } from '../judge/beginning-of.ts';
import { amountOf, comesTo, discountOf, isGivenBack, netOf, quantityOf, rounded, taxOf } from './amounts.ts';
import { type Item, type LineItem, type ParsedReceipt, parseReceipt, type Receipt } from './receipt.ts';
import { standingLines } from './standing-lines.ts';

/**
 * A till's receipt as an event of the tracking API: `order.completed` where something was bought, `return.completed` where more was given
 * back than bought, `receipt.issued` for the others. It is the same whenever store, till, number and business day are.
 */
export function readReceipt(value: unknown): Read {
  const parsed = parseReceipt(value);
  if (typeof parsed === 'string') return { code: 'receipt-invalid', reason: parsed };
  const { receipt } = parsed;
  const { RetailTransaction: sale, EndDateTime, BeginDateTime, BusinessDayDate } = receipt;
  const receiptId = idOf(receipt);
  const messageId = `receipt/${receiptId}`;
  const total = grandTotalOf(receipt);
  const lines = standingLines(sale.LineItem, (some) => total === undefined || comesTo(total, some));
  const whyVoid = whyNoSale(receipt) ?? whyNothingStands(sale.LineItem, lines);
  if (whyVoid) return { code: 'receipt-void', reason: whyVoid, messageId };
  const { violations, event, properties } = activityOf({ ...parsed, receiptId, lines, total });
  return {
    violations: [...parsed.violations, ...violations],
    event: defined({
      type: 'track',
      messageId,
      timestamp: EndDateTime ?? BeginDateTime ?? BusinessDayDate,
      userId: sale.Customer?.CustomerID,
      event,
      properties,
      context: {
        channel: 'store',
        externalIds: (sale.LoyaltyAccount ?? []).map((account) => ({
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

function whyNothingStands(all: readonly LineItem[], standing: readonly LineItem[]): string | undefined {
  const sells = ({ Sale, Return }: LineItem) => Sale !== undefined || Return !== undefined;
  return all.some(sells) && !standing.some(sells) ? 'every line of the receipt was taken back' : undefined;
}

/** Where, when, which. */
function idOf({ BusinessUnit, WorkstationID, SequenceNumber, BusinessDayDate }: Receipt): string {
  return [BusinessUnit[0]?.UnitID, WorkstationID, SequenceNumber, BusinessDayDate].map(escaped).join('/');
}

/** A slash in a part would make two receipts one. */
const escaped = (part: unknown) => encodeURIComponent(String(part ?? ''));

function grandTotalOf({ RetailTransaction }: Receipt): number | undefined {
  return totalOf(RetailTransaction, 'TransactionGrandAmount');
}

function totalOf({ Total }: Receipt['RetailTransaction'], type: string): number | undefined {
  return Total?.findLast(({ TotalType }) => TotalType === type)?.Amount;
}

interface Standing extends ParsedReceipt {
  readonly receiptId: string;
  /** Those that were not taken back. */
  readonly lines: readonly LineItem[];
  readonly total: number | undefined;
}

/** What happened. Sums that contradict the total are not used, as nobody knows which of them is right. */
function activityOf(standing: Standing): { event: string; properties: object; violations: readonly Violation[] } {
  const { receiptId, lines, total, lacksAmounts } = standing;
  const sales = lines.flatMap(({ Sale }) => Sale ?? []);
  const sold = sales.filter((item) => !isGivenBack(item));
  const returns = lines.flatMap(({ Return }) => Return ?? []);
  const returned = [...sales.filter(isGivenBack), ...returns];
  const net = netOf(lines);
  const differs = !lacksAmounts && total !== undefined && !comesTo(total, lines);
  const areSumsKnown = !differs && !lacksAmounts;
  const products = [...sold.map((item) => productOf(item, 1)), ...returned.map((item) => productOf(item, -1))];
  const about = { ...aboutReceipt(standing), ...(differs ? {} : defined({ total })), products };
  const violations = differs ? [totalDiffers] : [];
  if (sold.length > 0 && net >= 0) {
    const revenue = areSumsKnown ? { revenue: net } : {};
    return { event: 'order.completed', properties: { order_id: receiptId, ...revenue, ...about }, violations };
  }
  if (returned.length === 0) return { event: 'receipt.issued', properties: about, violations };
  const reason = returns.find(({ Reason }) => Reason !== undefined)?.Reason;
  const refund = areSumsKnown ? { refund: rounded(-net) } : {};
  return { event: 'return.completed', properties: defined({ ...about, ...refund, reason }), violations };
}

const totalDiffers: Violation = {
  code: 'total-differs',
  field: 'RetailTransaction.Total',
  reason: 'receipt: the lines do not come to the grand total, also not with tax and discounts: neither is used',
};

function aboutReceipt({ receipt, receiptId, lines }: Standing): object {
  const tenders = lines.flatMap(({ Tender }) => Tender?.TenderType ?? []).map(String);
  return defined({
    receipt_id: receiptId,
    store_id: receipt.BusinessUnit[0]?.UnitID,
    till_id: receipt.WorkstationID,
    cashier_id: receipt.OperatorID,
    currency: receipt.CurrencyCode,
    tax: totalOf(receipt.RetailTransaction, 'TransactionTaxAmount') ?? (taxOf(lines) || undefined),
    discount: discountOf(lines) || undefined,
    payment_method: [...new Set(tenders)].join(', ') || undefined,
    note: receipt.Note,
  });
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
