import { isWithin, type Money } from './money.ts';
import type { ReceiptNode } from '../receipt-node.ts';

export interface Amounts {
  readonly quantity: number | undefined;
  readonly amount: number | undefined;
  readonly instead: number | undefined;
  readonly isUnclear: boolean;
}

interface ItemContext {
  readonly isReturn: boolean;
  /** The sum of the discounts on the item. */
  readonly discount: number;
  readonly money: Money;
}

interface Product {
  /** Quantity × unit price. */
  readonly product: number;
  readonly quantity: number;
  readonly discount: number;
}

/** The amount of a line: its extended amount, or else quantity × unit price. Some tills write a return as a sale with an amount below 0. */
export function readAmounts(part: ReceiptNode, { isReturn, discount, money }: ItemContext): Amounts {
  const extendedPart = part.at('ExtendedAmount');
  const [extended, unit] = [extendedPart, part.at('ActualSalesUnitPrice')].map((one) => money.in(one, part));
  const given = part.at('Quantity').amount();
  // A missing quantity and 0 count as 1.
  const quantity = given === undefined && !part.at('Quantity').isMissing ? undefined : Math.abs(given ?? 1) || 1;
  const product = unit === undefined || quantity === undefined ? undefined : Math.abs(unit) * quantity;
  const isBack = isReturn || (extended ?? Math.min(given ?? 0, unit ?? 0)) < 0;
  const signed = (size: number | undefined) => (isBack && size ? -size : size);
  if (extended === undefined && product === undefined) addMissingFault(part, extendedPart);
  const amount = signed(extended === undefined ? product : Math.abs(extended));
  const certain = { quantity, amount, instead: undefined, isUnclear: false };
  if (extended === undefined) return certain;
  const addFault = (reason: string) =>
    part.faults.add({ code: 'amount-differs', field: extendedPart.path, reason: `${extendedPart.path} ${reason}` });
  if (!isBack && extended > 0 && given !== undefined && given < 0) {
    addFault('is above 0, but Quantity is below 0');
    return { ...certain, instead: -extended, isUnclear: true };
  }
  if (product === undefined || explains({ product, quantity: quantity!, discount }, Math.abs(extended))) return certain;
  addFault('is not Quantity × ActualSalesUnitPrice');
  return { ...certain, instead: signed(product) };
}

/** Whether the extended amount matches: prices and weights are rounded, and the unit price may include the discount or not. */
function explains({ product, quantity, discount }: Product, extended: number): boolean {
  const most = 0.01 + 0.005 * quantity;
  const off = [0, Math.abs(discount), Math.abs(discount) * quantity];
  return off.some(
    (discounted) => isWithin(most, product - discounted, extended) || isWithin(most, product + discounted, extended),
  );
}

function addMissingFault(part: ReceiptNode, { path, isMissing }: ReceiptNode): void {
  if (!isMissing || typeof part.value !== 'object') return;
  part.faults.add({
    code: 'field-missing',
    field: path,
    reason: `${path} is required: the amount of the line is unknown`,
  });
}
