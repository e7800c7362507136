import { readAmounts } from './line-amount.ts';
import type { Money } from './money.ts';
import type { Label, Part } from '../part.ts';

/** Something that was sold or given back. */
export interface Item {
  readonly isReturn: boolean;
  readonly sku: Label | undefined;
  readonly title: Label | undefined;
  readonly reason: Label | undefined;
  /** The receipt on which it was bought, where it says so. */
  readonly boughtOn: Part;
  /** Above 0; undefined where it cannot be read. */
  readonly quantity: number | undefined;
  /** Below 0 where it was given back; undefined where it is not known. */
  readonly amount: number | undefined;
  /** What the amount may be as well, where the line contradicts itself. */
  readonly instead: number | undefined;
  /** Whether it was sold or given back is not known. */
  readonly isUnclear: boolean;
  /** What was taken off the item, and its tax; below 0 where it was given back. */
  readonly discount: number;
  readonly tax: number;
}

/** A line of a receipt. */
export interface Line {
  readonly path: string;
  readonly number: string | undefined;
  /** The number of another line: of the one that it takes back, where it is void. */
  readonly link: string | undefined;
  readonly isVoid: boolean;
  /** Nobody can say what it does to the sum. */
  readonly isUnclear: boolean;
  readonly item?: Item;
  readonly discount?: number;
  readonly tax?: number;
  readonly tender?: Label | undefined;
}

/** How many lines there are at most, before one of them is read. */
export function countLines(part: Part): number {
  const counts = part.many().flatMap((line) => kinds.map((kind) => line.at(kind).many().length));
  return counts.reduce((total, count) => total + count, part.many().length);
}

const kinds = ['Sale', 'Return', 'Discount', 'Tax', 'Tender'];

/** The lines that an element says. What cannot be read of it is noted. */
export function readLines(part: Part, money: Money): readonly Line[] {
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
  const said: Line[] = [
    ...sales.map((sale) => ({ ...line, ...flagsOf(sale, line), item: readItem(sale, false, money) })),
    ...returns.map((back) => ({ ...line, ...flagsOf(back, line), item: readItem(back, true, money) })),
    ...amountsOf('Discount').map((discount) => ({ ...line, discount })),
    ...amountsOf('Tax').map((tax) => ({ ...line, tax })),
    ...part
      .at('Tender')
      .many()
      .map((tender) => ({ ...line, tender: tender.at('TenderType').label() })),
  ];
  // It may take back another by its number alone.
  return said.length > 0 ? said : [line];
}

function readItem(part: Part, isReturn: boolean, money: Money): Item {
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

/** Whether it is void; as what it stands in, or else by itself. */
function flagsOf(part: Part, outer = { isVoid: false, isUnclear: false }) {
  const flags = [part.at('VoidFlag'), part.at('CancelFlag')];
  return {
    isVoid: outer.isVoid || flags.some((flag) => flag.flag() === true),
    isUnclear: outer.isUnclear || flags.some((flag) => !flag.isMissing && flag.flag() === undefined),
  };
}

function linkOf(parts: readonly Part[]): string | undefined {
  for (const part of parts) {
    const link = part.firstOf('ItemLink', 'LineItemLink').many()[0];
    const number = link?.firstOf('SequenceNumber', 'LineItemSequenceNumber');
    const said = number && !number.isMissing ? number : link;
    if (said) return textOf(said.label());
  }
  return undefined;
}

const textOf = (label: Label | undefined) => (label === undefined ? undefined : String(label).trim());
const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
