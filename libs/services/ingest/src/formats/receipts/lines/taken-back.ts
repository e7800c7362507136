import type { Item, Line } from './line.ts';
import { isWithin, rounded } from './money.ts';

/** Lines of one number that are looked at: a number stands for one, unless the till repeats it. */
const mostOfNumber = 10;

/** Which lines of a receipt are gone, and how much of others is. */
export class TakenBack {
  readonly gone = new Set<Line>();
  private readonly reduced = new Map<Line, Line>();
  private readonly numbered: ReadonlyMap<string | undefined, readonly Line[]>;
  private readonly bySku: ReadonlyMap<string, Line>;
  private readonly alike: ReadonlyMap<string | undefined, Line[]>;

  constructor(private readonly lines: readonly Line[]) {
    const standing = lines.filter(({ isVoid }) => !isVoid);
    this.numbered = Map.groupBy(lines, ({ number }) => number);
    this.bySku = new Map(standing.map((line) => [String(line.item?.sku), line]));
    this.alike = Map.groupBy(
      standing.filter((line) => !isNegative(line)),
      contentKeyOf,
    );
  }

  /** What is left of the lines. */
  get left(): readonly Line[] {
    return this.lines.filter((one) => !this.gone.has(one)).map((one) => this.reduced.get(one) ?? one);
  }

  /** Takes back all of another line that says the same, if there is one. */
  takeRepeatOf(line: Line): boolean {
    const repeat = this.repeatOf(line);
    if (repeat) this.gone.add(repeat);
    return repeat !== undefined;
  }

  /** The line that a void one takes back; undefined where it cannot be found. */
  targetOf(line: Line): Line | 'itself' | undefined {
    const link = line.link ?? line.number;
    const linked = link === undefined ? [] : (this.numbered.get(link) ?? []).slice(0, mostOfNumber);
    const others = linked.filter((one) => one !== line);
    const targets = others.filter((one) => !one.isVoid && isSame(one, line));
    if (targets.length > 0) return targets.find((one) => !this.gone.has(one)) ?? targets[0];
    // It belongs to another item, as a deposit to its bottle.
    if (line.link === undefined || others.length > 0) return 'itself';
    return this.repeatOf(line) ?? this.bySku.get(line.link);
  }

  /** Takes back what the void line says of it; false where there was not as much. */
  take(target: Line, line: Line): boolean {
    if (this.gone.has(target)) return false;
    const rest = restOf((this.reduced.get(target) ?? target).item, line.item);
    if (rest === 'nothing') this.gone.add(target);
    else if (rest) this.reduced.set(target, { ...target, item: rest });
    return rest !== undefined;
  }

  private repeatOf(line: Line): Line | undefined {
    const key = contentKeyOf(line);
    const same = this.alike.get(key) ?? [];
    while (same.length > 0 && (this.gone.has(same.at(-1)!) || this.reduced.has(same.at(-1)!))) same.pop();
    return key === undefined ? undefined : same.at(-1);
  }
}

/** A sale of less than nothing. */
export const isNegative = ({ item }: Line) => item !== undefined && !item.isReturn && (item.amount ?? 0) < 0;

function keyOf(item: Item | undefined): string | undefined {
  const name = item?.sku ?? item?.title;
  return name === undefined ? undefined : `${item!.isReturn ? 'return' : 'sale'} ${name}`;
}

/** What a line says of item, quantity and amount; undefined where it does not say all of it. */
function contentKeyOf({ item }: Line): string | undefined {
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
