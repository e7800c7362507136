import { defined } from '../../types/defined.ts';
import { type Item, type Line, readLines } from './lines/line.ts';
import { isWithin, Money, rounded } from './lines/money.ts';
import type { ReceiptNode } from './receipt-node.ts';
import { idOf, receiptKey, type ReceiptKey } from './receipt-id.ts';
import { remainingLines } from './lines/remaining-lines.ts';
import { type Settled, settle, taxOf } from './lines/settle.ts';
import { readTotals, type Totals } from './lines/totals.ts';

/** A receipt with its key. */
export interface KeyedReceipt {
  readonly receipt: ReceiptNode;
  readonly transaction: ReceiptNode;
  readonly key: ReceiptKey;
}

export interface Activity {
  readonly event: string;
  readonly properties: object;
}

/** The activity of a receipt that voids an earlier one. */
export function cancelled(receipt: KeyedReceipt, orderId: string): Activity {
  return { event: 'order.cancelled', properties: defined({ order_id: orderId, ...about(receipt) }) };
}

/** The purchase or return of a receipt; undefined if all its lines were voided. */
export function saleOrReturn(keyed: KeyedReceipt): Activity | undefined {
  const { transaction } = keyed;
  const { faults } = keyed.receipt;
  const linesPart = transaction.at('LineItem');
  const code = keyed.receipt.at('CurrencyCode').label();
  const money = new Money(code === undefined ? undefined : String(code).trim());
  if (linesPart.value === undefined || linesPart.value === null)
    faults.add({
      code: 'field-missing',
      field: linesPart.path,
      reason: `${linesPart.path} is required: the sold items are unknown`,
    });
  const lines = linesPart.many().flatMap((part) => readLines(part, money));
  const totals = readTotals(transaction.at('Total'), money);
  const settled = settle(remainingLines(lines, faults), { totals, money, faults, path: transaction.at('Total').path });
  const isNothing = isWithin(money.rounding, totals.grand ?? 0, 0) && !settled.lines.some(({ isUnclear }) => isUnclear);
  if (isNothing && itemsOf(settled.lines).length === 0 && itemsOf(lines).length > 0) return undefined;
  return ofItems(keyed, settled, { ...about(keyed), currency: money.code, ...sums(settled.lines, totals) });
}

function ofItems({ key }: KeyedReceipt, { lines, revenue, total }: Settled, properties: object): Activity {
  const items = itemsOf(lines);
  const [sold, returned] = [items.filter((item) => !isReturned(item)), items.filter(isReturned)];
  const all = { ...properties, total, products: [...sold, ...returned].flatMap(productOf) };
  const isMoreSold = (revenue ?? total ?? 0) >= 0;
  if (sold.length > 0 && isMoreSold)
    return { event: 'order.completed', properties: defined({ order_id: idOf(key), revenue, ...all }) };
  if (returned.length === 0) return { event: 'receipt.issued', properties: defined(all) };
  const refund = revenue === undefined ? undefined : Math.abs(revenue);
  const reason = returned.find((item) => item.reason !== undefined)?.reason;
  return {
    event: 'return.completed',
    properties: defined({ order_id: boughtOn(returned, key), ...all, refund, reason }),
  };
}

const itemsOf = (lines: readonly Line[]) => lines.flatMap(({ item }) => item ?? []);
const isReturned = ({ isReturn, amount }: Item) => isReturn || (amount ?? 0) < 0;

/** The id of the receipt of the original purchase, if it is the same for all returned items. */
function boughtOn(returned: readonly Item[], key: ReceiptKey): string | undefined {
  const orders = new Set<string | undefined>();
  for (const { boughtOn: link } of returned) {
    const order = link.isMissing ? undefined : receiptKey(link, key);
    orders.add(order && !('code' in order) ? idOf(order) : undefined);
  }
  return orders.size === 1 ? [...orders][0] : undefined;
}

/** The fields that identify the receipt, and its cashier. */
function about({ receipt, key }: KeyedReceipt): object {
  return {
    receipt_id: idOf(key),
    store_id: key.store,
    till_id: key.till,
    cashier_id: receipt.at('OperatorID').many()[0]?.label(),
    currency: receipt.at('CurrencyCode').label(),
    note: receipt.at('Note').label(),
  };
}

function sums(lines: readonly Line[], totals: Totals): object {
  const discounts = lines.map(({ discount = 0, item }) => discount + (item && !item.isReturn ? item.discount : 0));
  const tenders = lines.flatMap(({ tender }) => tender ?? []).map(String);
  return {
    tax: totals.tax ?? (taxOf(lines) || undefined),
    discount: rounded(discounts.reduce((sum, discount) => sum + discount, 0)) || undefined,
    payment_method: [...new Set(tenders)].join(', ') || undefined,
  };
}

/** A product of the activity. The quantity of a returned item is below 0. */
function productOf(item: Item): object | [] {
  const { sku, title, quantity, amount } = item;
  if (sku === undefined && title === undefined && amount === undefined) return [];
  const price = amount === undefined || quantity === undefined ? undefined : rounded(Math.abs(amount) / quantity);
  const signed = quantity !== undefined && isReturned(item) ? -quantity : quantity;
  return defined({ sku, title, price, quantity: signed });
}
