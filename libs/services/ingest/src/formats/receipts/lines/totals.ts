import { bareName } from '@sestante/contracts';
import type { Money } from './money.ts';
import type { ReceiptNode } from '../receipt-node.ts';

/** The totals of a receipt. */
export interface Totals {
  readonly grand: number | undefined;
  readonly net: number | undefined;
  readonly tax: number | undefined;
  readonly rounding: number;
}

/** Reads the totals. If two totals of a type differ, neither is used. */
export function readTotals(part: ReceiptNode, money: Money): Totals {
  const amounts = new Map<string, number>();
  const contradictory = new Set<string>();
  for (const total of part.many().filter((one) => one.isObject())) {
    const typePart = total.at('TotalType');
    const type = typePart.label();
    if (typePart.isMissing)
      total.faults.add({
        code: 'field-missing',
        field: typePart.path,
        reason: `${typePart.path} is required: the total was ignored`,
      });
    const given = total.at('Amount');
    const amount = type === undefined ? undefined : money.in(given.isMissing ? total : given, total);
    if (amount === undefined) continue;
    const name = nameOf(String(type));
    if ((amounts.get(name) ?? amount) === amount) amounts.set(name, amount);
    else {
      contradictory.add(name);
      total.faults.add({
        code: 'total-differs',
        field: total.path,
        reason: `${total.path} differs from another total of its type: neither was used`,
      });
    }
  }
  contradictory.forEach((name) => amounts.delete(name));
  const { grand, net, tax, rounding = 0 } = Object.fromEntries(amounts) as Partial<Record<string, number>>;
  return { grand, net, tax, rounding };
}

/** The kind of total, by `TransactionGrandAmount` of POSLog and similar names. */
function nameOf(type: string): string {
  const bare = bareName(type).replace(/^transaction/, '');
  if (bare.includes('round')) return 'rounding';
  return /^(grand|net|tax)(amount|total)?$/.exec(bare)?.[1] ?? bare;
}
