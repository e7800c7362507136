import type { Faults } from '../faults.ts';
import type { Item, Line } from './line.ts';
import { isWithin, type Money, rounded } from './money.ts';
import type { Remaining } from './remaining-lines.ts';
import type { Totals } from './totals.ts';

/** The lines and sums of a receipt. Sums that contradict each other are undefined. */
export interface Settled {
  readonly lines: readonly Line[];
  /** The sum of the products; below 0 if more was returned than sold. Undefined if it is unknown. */
  readonly revenue: number | undefined;
  readonly total: number | undefined;
}

interface Expected {
  readonly totals: Totals;
  readonly money: Money;
  readonly faults: Faults;
  readonly path: string;
}

/**
 * If the lines are ambiguous, the reading that matches the grand total is used. If none matches, neither the sum nor the grand total is used, and
 * that is a violation.
 */
export function settle({ lines, otherwise, isUnclear }: Remaining, { totals, money, faults, path }: Expected): Settled {
  const voids = otherwise ? [lines, otherwise] : [lines];
  const readings = [...voids, ...voids.filter(isAmbiguous).map((some) => withAmounts(some, alternative))];
  const { grand } = totals;
  const sum = sumOf(lines);
  if (grand !== undefined && sum !== undefined) {
    for (const reading of readings) {
      const revenue = explained(reading, totals, money.rounding);
      if (revenue !== undefined) return { lines: reading, revenue, total: revenue < 0 ? -Math.abs(grand) : grand };
    }
    const reason = `${path} has a grand total that is not the sum of the lines: neither was used`;
    faults.add({ code: 'total-differs', field: path, reason });
    return { lines: withAmounts(lines, ifCertain), revenue: undefined, total: undefined };
  }
  if (otherwise) addVoidFaults(lines, otherwise, faults);
  const clear = withAmounts(lines, ifClear);
  return { lines: clear, revenue: otherwise || isUnclear ? undefined : sumOf(clear), total: grand };
}

/** The sum of the lines; undefined if an amount is unknown. */
function sumOf(lines: readonly Line[]): number | undefined {
  let sum = 0;
  for (const { item, isUnclear } of lines) {
    if (isUnclear || (item && item.amount === undefined)) return undefined;
    sum += item?.amount ?? 0;
  }
  return rounded(sum);
}

/** The sum of the products, if the grand total matches it: with or without tax and discounts, and rounded. */
function explained(lines: readonly Line[], totals: Totals, most: number): number | undefined {
  const sum = sumOf(lines);
  if (sum === undefined) return undefined;
  const sign = sum < 0 ? -1 : 1;
  const grand = sum < 0 ? -Math.abs(totals.grand!) : totals.grand!;
  const tax = sign * Math.abs(totals.tax ?? taxOf(lines));
  const ofReceipt = sign * Math.abs(add(lines.map(({ discount = 0 }) => discount)));
  const ofItems = sign * Math.abs(add(lines.map(({ item }) => item?.discount ?? 0)));
  for (const off of [0, ofReceipt, ofItems, ofReceipt + ofItems])
    for (const added of [0, tax])
      for (const coins of [0, totals.rounding, -totals.rounding])
        if (isWithin(most, sum - off + added + coins, grand)) return rounded(sum - off);
  return tax === 0 && totals.net !== undefined && isWithin(most, sum, totals.net) ? sum : undefined;
}

/** The tax of the receipt, or else the sum of that of its items. */
export function taxOf(lines: readonly Line[]): number {
  return rounded(add(lines.map(({ tax = 0 }) => tax)) || add(lines.map(({ item }) => item?.tax ?? 0)));
}

const isAmbiguous = (lines: readonly Line[]) => lines.some(({ item }) => item?.instead !== undefined);

const alternative = ({ instead, amount }: Item) => instead ?? amount;
const ifCertain = ({ instead, amount }: Item) => (instead === undefined ? amount : undefined);
const ifClear = ({ isUnclear, amount }: Item) => (isUnclear ? undefined : amount);

function withAmounts(lines: readonly Line[], amountOf: (item: Item) => number | undefined): readonly Line[] {
  return lines.map((line) => (line.item ? { ...line, item: { ...line.item, amount: amountOf(line.item) } } : line));
}

function addVoidFaults(lines: readonly Line[], otherwise: readonly Line[], faults: Faults): void {
  const remain = new Set(otherwise);
  for (const { path } of lines.filter((line) => !remain.has(line))) {
    const reason = `${path} may have been voided by an equal void line without a link: the sum was not used`;
    faults.add({ code: 'void-unclear', field: path, reason });
  }
}

const add = (amounts: readonly number[]) => amounts.reduce((sum, amount) => sum + amount, 0);
