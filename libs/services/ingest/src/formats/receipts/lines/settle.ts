import type { Faults } from '../faults.ts';
import type { Item, Line } from './line.ts';
import { isWithin, type Money, rounded } from './money.ts';
import type { Remaining } from './remaining-lines.ts';
import type { Totals } from './totals.ts';

/** What a receipt comes to, as far as it does not contradict itself. */
export interface Settled {
  readonly lines: readonly Line[];
  /** What the products bring; below 0 where more was given back. Undefined where it is not known. */
  readonly revenue: number | undefined;
  readonly total: number | undefined;
}

interface Told {
  readonly totals: Totals;
  readonly money: Money;
  readonly faults: Faults;
  readonly path: string;
}

/**
 * Where lines can be read in more than one way, the one is taken that the grand total confirms. A grand total that none of them explains contradicts
 * the lines: neither is used, and it is told.
 */
export function settle({ lines, otherwise, isUnclear }: Remaining, { totals, money, faults, path }: Told): Settled {
  const voids = otherwise ? [lines, otherwise] : [lines];
  const readings = [...voids, ...voids.filter(isDoubtful).map((some) => changed(some, asItMayBe))];
  const { grand } = totals;
  const sum = sumOf(lines);
  if (grand !== undefined && sum !== undefined) {
    for (const reading of readings) {
      const revenue = explained(reading, totals, money.rounding);
      if (revenue !== undefined) return { lines: reading, revenue, total: revenue < 0 ? -Math.abs(grand) : grand };
    }
    const reason = `${path} has a grand total that is not the sum of the lines: neither is used`;
    faults.add({ code: 'total-differs', field: path, reason });
    return { lines: changed(lines, ifSure), revenue: undefined, total: undefined };
  }
  if (otherwise) noteUnsure(lines, otherwise, faults);
  const clear = changed(lines, ifClear);
  return { lines: clear, revenue: otherwise || isUnclear ? undefined : sumOf(clear), total: grand };
}

/** The sum of the lines; undefined where the amount of one is not known. */
function sumOf(lines: readonly Line[]): number | undefined {
  let sum = 0;
  for (const { item, isUnclear } of lines) {
    if (isUnclear || (item && item.amount === undefined)) return undefined;
    sum += item?.amount ?? 0;
  }
  return rounded(sum);
}

/** What the products bring, where the grand total can be explained by it: with tax, or less what was taken off, and rounded. */
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

/** That of the receipt, or else that of its items. */
export function taxOf(lines: readonly Line[]): number {
  return rounded(add(lines.map(({ tax = 0 }) => tax)) || add(lines.map(({ item }) => item?.tax ?? 0)));
}

const isDoubtful = (lines: readonly Line[]) => lines.some(({ item }) => item?.instead !== undefined);

const asItMayBe = ({ instead, amount }: Item) => instead ?? amount;
const ifSure = ({ instead, amount }: Item) => (instead === undefined ? amount : undefined);
const ifClear = ({ isUnclear, amount }: Item) => (isUnclear ? undefined : amount);

function changed(lines: readonly Line[], amountOf: (item: Item) => number | undefined): readonly Line[] {
  return lines.map((line) => (line.item ? { ...line, item: { ...line.item, amount: amountOf(line.item) } } : line));
}

function noteUnsure(lines: readonly Line[], otherwise: readonly Line[], faults: Faults): void {
  const remain = new Set(otherwise);
  for (const { path } of lines.filter((line) => !remain.has(line))) {
    const reason = `${path} may have been taken back by a void line that says the same and has no link: the sum is not used`;
    faults.add({ code: 'void-unclear', field: path, reason });
  }
}

const add = (amounts: readonly number[]) => amounts.reduce((sum, amount) => sum + amount, 0);
