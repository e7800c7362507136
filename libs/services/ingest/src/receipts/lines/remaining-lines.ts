import type { Faults } from '../faults.ts';
import type { Item, Line } from './line.ts';
import { isWithin, rounded } from './money.ts';

/** Lines of one number that are looked at. */
const mostOfNumber = 10;

/** The lines of a receipt that were not taken back. */
export interface Remaining {
  readonly lines: readonly Line[];
  /** What remains where void lines without a link take back an earlier one that is the same, and not themselves. */
  readonly otherwise: readonly Line[] | undefined;
  /** A line takes back another that cannot be found: the sum may be wrong. */
  readonly isUnclear: boolean;
}

/**
 * Tills take a line back in three ways: they flag the line itself; they write it again, flagged, with a link to it; they write it again with an amount
 * below 0.
 */
export function remainingLines(lines: readonly Line[], faults: Faults): Remaining {
  const { gone, find, repeatOf, takeBack, remainder } = book(lines);
  const unsure: Line[] = [];
  let isUnclear = false;
  for (const line of lines.filter(({ isVoid }) => isVoid)) {
    gone.add(line);
    const target = find(line);
    if (target === 'itself') unsure.push(...(line.link === undefined ? [line] : []));
    else if (target === undefined || !takeBack(target, line)) {
      isUnclear = true;
      const reason = `${line.path} takes back a line that cannot be found, or more than there was`;
      faults.add({ code: 'void-unclear', field: line.path, reason });
    }
  }
  for (const line of lines.filter((one) => isNegative(one) && !gone.has(one))) {
    const repeat = repeatOf(line);
    if (repeat) [line, repeat].forEach((one) => gone.add(one));
  }
  const left = remainder();
  // A line of less than nothing that is void was never meant to be sold.
  for (const line of unsure.filter(isNegative)) addTo(gone, repeatOf(line));
  const sure = new Set(gone);
  for (const line of unsure.filter((one) => !isNegative(one))) addTo(gone, repeatOf(line));
  const otherwise = gone.size > sure.size ? left.filter(({ of }) => !gone.has(of)) : undefined;
  const bare = (all: typeof left) => all.map(({ line }) => line);
  return { lines: bare(left.filter(({ of }) => !sure.has(of))), otherwise: otherwise && bare(otherwise), isUnclear };
}

const addTo = (lines: Set<Line>, line: Line | undefined) => (line ? lines.add(line) : lines);

/** Which lines there are, which are gone, and how much of others is. */
function book(lines: readonly Line[]) {
  const gone = new Set<Line>();
  const reduced = new Map<Line, Line>();
  const now = (line: Line) => reduced.get(line) ?? line;
  const standing = lines.filter(({ isVoid }) => !isVoid);
  const numbered = Map.groupBy(lines, ({ number }) => number);
  const bySku = new Map(standing.map((line) => [String(line.item?.sku), line]));
  const alike = Map.groupBy(
    standing.filter((line) => !isNegative(line)),
    sayingOf,
  );

  /** Another line that says the same. */
  const repeatOf = (line: Line): Line | undefined => {
    const same = alike.get(sayingOf(line)) ?? [];
    while (same.length > 0 && (gone.has(same.at(-1)!) || reduced.has(same.at(-1)!))) same.pop();
    return sayingOf(line) === undefined ? undefined : same.at(-1);
  };

  /** The line that a void one takes back; undefined where it cannot be found. */
  const find = (line: Line): Line | 'itself' | undefined => {
    const link = line.link ?? line.number;
    // A number stands for one line; a till that has none of its own may repeat it.
    const linked = link === undefined ? [] : (numbered.get(link) ?? []).slice(0, mostOfNumber);
    const others = linked.filter((one) => one !== line);
    const targets = others.filter((one) => !one.isVoid && isSame(one, line));
    if (targets.length > 0) return targets.find((one) => !gone.has(one)) ?? targets[0];
    // It belongs to another item, as a deposit to its bottle.
    if (line.link === undefined || others.length > 0) return 'itself';
    return repeatOf(line) ?? bySku.get(line.link);
  };

  /** Whether there was enough to take back. */
  const takeBack = (target: Line, line: Line): boolean => {
    if (gone.has(target)) return false;
    const rest = restOf(now(target).item, line.item);
    if (rest === 'nothing') gone.add(target);
    else if (rest) reduced.set(target, { ...target, item: rest });
    return rest !== undefined;
  };

  const remainder = () => lines.filter((one) => !gone.has(one)).map((of) => ({ of, line: now(of) }));
  return { gone, find, repeatOf, takeBack, remainder };
}

/** A sale of less than nothing. */
const isNegative = ({ item }: Line) => item !== undefined && !item.isReturn && (item.amount ?? 0) < 0;

function keyOf(item: Item | undefined): string | undefined {
  const name = item?.sku ?? item?.title;
  return name === undefined ? undefined : `${item!.isReturn ? 'return' : 'sale'} ${name}`;
}

/** What a line says of item, quantity and amount; undefined where it does not say all of it. */
function sayingOf({ item }: Line): string | undefined {
  const key = keyOf(item);
  if (key === undefined || item!.amount === undefined) return undefined;
  return `${rounded(Math.abs(item!.amount))} ${item!.quantity} ${key}`;
}

/** What says nothing of its item may be of any. */
function isSame(one: Line, other: Line): boolean {
  for (const part of ['discount', 'tax', 'tender'] as const)
    if (other[part] !== undefined) return one[part] !== undefined;
  if (!other.item) return true;
  if (!one.item) return false;
  const [key, same] = [keyOf(one.item), keyOf(other.item)];
  return key === undefined || same === undefined || key === same;
}

/** What is left of an item when another takes so much of it back; undefined where that is more than there is. */
function restOf(item: Item | undefined, back: Item | undefined): Item | 'nothing' | undefined {
  if (item?.amount === undefined || back?.amount === undefined) return 'nothing';
  const [had, taken] = [Math.abs(item.amount), Math.abs(back.amount)];
  if (isWithin(0, had, taken)) return 'nothing';
  if (taken > had) return undefined;
  const share = (had - taken) / had;
  const quantity =
    item.quantity !== undefined && back.quantity !== undefined ? item.quantity - back.quantity : undefined;
  return {
    ...item,
    amount: rounded(item.amount * share),
    instead: undefined,
    quantity: quantity !== undefined && quantity > 0 ? rounded(quantity) : undefined,
    discount: rounded(item.discount * share),
    tax: rounded(item.tax * share),
  };
}
