import { readAmounts } from './line-amount.ts';
import type { Money } from './money.ts';
import type { Label, ReceiptNode } from '../receipt-node.ts';

/** An item that was sold or returned. */
export interface Item {
  readonly isReturn: boolean;
  readonly sku: Label | undefined;
  readonly title: Label | undefined;
  readonly reason: Label | undefined;
  /** The link to the receipt of the original purchase. */
  readonly boughtOn: ReceiptNode;
  /** Above 0; undefined if it is invalid. */
  readonly quantity: number | undefined;
  /** Below 0 if it was returned; undefined if it is unknown. */
  readonly amount: number | undefined;
  /** An alternative amount, if the fields of the line contradict each other. */
  readonly instead: number | undefined;
  /** Whether it is unknown if it was sold or returned. */
  readonly isUnclear: boolean;
  /** The discount and the tax of the item; below 0 if it was returned. */
  readonly discount: number;
  readonly tax: number;
}

/** A line of a receipt. */
export interface Line {
  readonly path: string;
  readonly number: string | undefined;
  /** The number of another line: in a void line, the one that it voids. */
  readonly link: string | undefined;
  readonly isVoid: boolean;
  /** Whether its effect on the sum is unknown. */
  readonly isUnclear: boolean;
  readonly item?: Item;
  readonly discount?: number;
  readonly tax?: number;
  readonly tender?: Label | undefined;
}

/** An upper bound for the number of lines, computed without reading them. */
export function countLines(part: ReceiptNode): number {
  const counts = part.many().flatMap((line) => kinds.map((kind) => line.at(kind).many().length));
  return counts.reduce((total, count) => total + count, part.many().length);
}

const kinds = ['Sale', 'Return', 'Discount', 'Tax', 'Tender'];

/** The lines of an element. Invalid fields are added to the faults. */
export function readLines(part: ReceiptNode, money: Money): readonly Line[] {
  const about = { path: part.path, number: undefined, link: undefined, isVoid: false };
  if (!part.isObject()) return [{ ...about, isUnclear: true }];
  const [sales, returns] = [part.at('Sale').many(), part.at('Return').many()];
  const number = textOf(part.at('SequenceNumber').label());
  const link = linkOf([part, ...sales, ...returns]);
  const line = {
    path: part.path,
    number,
    link: link === number ? undefined : link,
    ...flagsOf(part),
  };
  const amountsOf = (name: string) =>
    part
      .at(name)
      .many()
      .map((one) => money.in(one.at('Amount')) ?? 0);
  const read: Line[] = [
    ...sales.map((sale) => ({ ...line, ...flagsOf(sale, line), item: readItem(sale, false, money) })),
    ...returns.map((back) => ({ ...line, ...flagsOf(back, line), item: readItem(back, true, money) })),
    ...amountsOf('Discount').map((discount) => ({ ...line, discount })),
    ...amountsOf('Tax').map((tax) => ({ ...line, tax })),
    ...part
      .at('Tender')
      .many()
      .map((tender) => ({ ...line, tender: tender.at('TenderType').label() })),
  ];
  // A line without content may void another by its number.
  return read.length > 0 ? read : [line];
}

function readItem(part: ReceiptNode, isReturn: boolean, money: Money): Item {
  part.isObject();
  const discounts = part
    .at('RetailPriceModifier')
    .many()
    .map((one) => money.in(one.at('Amount')) ?? 0);
  const discount = sum(discounts.length > 0 ? discounts : [money.in(part.at('ExtendedDiscountAmount')) ?? 0]);
  const tax = sum(
    part
      .at('Tax')
      .many()
      .map((one) => money.in(one.at('Amount')) ?? 0),
  );
  const read = readAmounts(part, { isReturn, discount, money });
  const sign = (read.amount ?? 0) < 0 ? -1 : 1;
  return {
    isReturn,
    sku: part.at('ItemID').label(),
    title: part.at('Description').label(),
    reason: part.at('Reason').label(),
    boughtOn: part.at('TransactionLink'),
    ...read,
    discount: sign * discount,
    tax: sign * Math.abs(tax),
  };
}

/** Whether it is void, by its own flags or those of the line that contains it. */
function flagsOf(part: ReceiptNode, outer = { isVoid: false, isUnclear: false }) {
  const flags = [part.at('VoidFlag'), part.at('CancelFlag')];
  return {
    isVoid: outer.isVoid || flags.some((flag) => flag.flag() === true),
    isUnclear: outer.isUnclear || flags.some((flag) => !flag.isMissing && flag.flag() === undefined),
  };
}

function linkOf(parts: readonly ReceiptNode[]): string | undefined {
  for (const part of parts) {
    const link = part.firstOf('ItemLink', 'LineItemLink').many()[0];
    const number = link?.firstOf('SequenceNumber', 'LineItemSequenceNumber');
    const target = number && !number.isMissing ? number : link;
    if (target) return textOf(target.label());
  }
  return undefined;
}

const textOf = (label: Label | undefined) => (label === undefined ? undefined : String(label).trim());
const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
