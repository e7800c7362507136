import type { Item, LineItem } from './receipt.ts';

/** Tills round to five or ten hundredths where there are no smaller coins. */
const rounding = 0.05;
const perLine = 0.01;

/** Some tills take a line back by another of less than nothing. */
export function isGivenBack({ ExtendedAmount, Quantity }: Item): boolean {
  return (ExtendedAmount ?? Quantity ?? 0) < 0;
}

/** What a line comes to, above 0 also where it is given back. */
export function amountOf(item: Item): number {
  return Math.abs(item.ExtendedAmount ?? (item.ActualSalesUnitPrice ?? 0) * quantityOf(item));
}

/** One, where a till says nothing, or 0. */
export function quantityOf({ Quantity }: Item): number {
  return Math.abs(Quantity ?? 1) || 1;
}

/** What was sold, less what was given back. */
export function netOf(lines: readonly LineItem[]): number {
  const sales = lines.flatMap(({ Sale }) => Sale ?? []).map((item) => (isGivenBack(item) ? -1 : 1) * amountOf(item));
  const returns = lines.flatMap(({ Return }) => Return ?? []).map((item) => -amountOf(item));
  return rounded(sum([...sales, ...returns]));
}

/** All that was taken off, of lines and of the receipt. */
export function discountOf(lines: readonly LineItem[]): number {
  const ofItems = lines.flatMap(({ Sale }) => Sale?.RetailPriceModifier ?? []);
  return rounded(sum(ofItems.map(({ Amount }) => Amount)) + discountOfReceipt(lines));
}

export function taxOf(lines: readonly LineItem[]): number {
  return rounded(sum(lines.flatMap(({ Tax }) => Tax?.Amount ?? [])));
}

/** Whether the total can be what the lines come to: with or without tax and what was taken off, which tills have in the lines or beside them. */
export function comesTo(total: number, lines: readonly LineItem[]): boolean {
  const net = netOf(lines);
  const tax = taxOf(lines);
  const off = [0, discountOfReceipt(lines), discountOf(lines)];
  const tolerance = rounding + perLine * lines.length + 1e-9;
  return off.some((discount) =>
    [0, tax].some((added) => Math.abs(net - Math.abs(discount) + added - total) <= tolerance),
  );
}

function discountOfReceipt(lines: readonly LineItem[]): number {
  return sum(lines.flatMap(({ Discount }) => Discount?.Amount ?? []));
}

const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
/** Money has at most four digits after the point. */
export const rounded = (amount: number) => Math.round(amount * 10_000) / 10_000;
