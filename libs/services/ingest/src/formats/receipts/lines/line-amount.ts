import { isWithin, type Money } from './money.ts';
import type { Part } from '../part.ts';

export interface Amounts {
  readonly quantity: number | undefined;
  readonly amount: number | undefined;
  readonly instead: number | undefined;
  readonly isUnclear: boolean;
}

interface About {
  readonly isReturn: boolean;
  /** What was taken off. */
  readonly discount: number;
  readonly money: Money;
}

interface Product {
  /** Quantity × unit price. */
  readonly product: number;
  readonly quantity: number;
  readonly discount: number;
}

/** What a line comes to: its extended amount, or else quantity × unit price. Some tills give back by a sale of less than nothing. */
export function readAmounts(part: Part, { isReturn, discount, money }: About): Amounts {
  const extendedPart = part.at('ExtendedAmount');
  const [extended, unit] = [extendedPart, part.at('ActualSalesUnitPrice')].map((one) => money.in(one, part));
  const said = part.at('Quantity').amount();
  // One, where a till says nothing, or 0.
  const quantity = said === undefined && !part.at('Quantity').isMissing ? undefined : Math.abs(said ?? 1) || 1;
  const product = unit === undefined || quantity === undefined ? undefined : Math.abs(unit) * quantity;
  const isBack = isReturn || (extended ?? Math.min(said ?? 0, unit ?? 0)) < 0;
  const signed = (size: number | undefined) => (isBack && size ? -size : size);
  if (extended === undefined && product === undefined) noteUnknown(part, extendedPart);
  const amount = signed(extended === undefined ? product : Math.abs(extended));
  const sure = { quantity, amount, instead: undefined, isUnclear: false };
  if (extended === undefined) return sure;
  const tell = (reason: string) =>
    part.faults.add({ code: 'amount-differs', field: extendedPart.path, reason: `${extendedPart.path} ${reason}` });
  if (!isBack && extended > 0 && said !== undefined && said < 0) {
    tell('is above 0, and Quantity below');
    return { ...sure, instead: -extended, isUnclear: true };
  }
  if (product === undefined || explains({ product, quantity: quantity!, discount }, Math.abs(extended))) return sure;
  tell('is not Quantity × ActualSalesUnitPrice');
  return { ...sure, instead: signed(product) };
}

/** Prices and weights are rounded, and what was taken off may be in the unit price already, or not yet. */
function explains({ product, quantity, discount }: Product, extended: number): boolean {
  const most = 0.01 + 0.005 * quantity;
  const off = [0, Math.abs(discount), Math.abs(discount) * quantity];
  return off.some((taken) => isWithin(most, product - taken, extended) || isWithin(most, product + taken, extended));
}

function noteUnknown(part: Part, { path, isMissing }: Part): void {
  if (!isMissing || typeof part.value !== 'object') return;
  part.faults.add({
    code: 'field-missing',
    field: path,
    reason: `${path} is missing: the amount of the line is not known`,
  });
}
