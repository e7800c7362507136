import type { Item, Line } from './line.ts';
import { isWithin, rounded } from './money.ts';

/** The most lines of one number that are searched. A number is unique, unless the till repeats it. */
const mostOfNumber = 10;

/** Tracks which lines of a receipt are voided, wholly or in part. */
export class VoidedLines {
  readonly voided = new Set<Line>();
  private readonly reduced = new Map<Line, Line>();
  private readonly numbered: ReadonlyMap<string | undefined, readonly Line[]>;
  private readonly bySku: ReadonlyMap<string, Line>;
  private readonly alike: ReadonlyMap<string | undefined, Line[]>;

  constructor(private readonly lines: readonly Line[]) {
    const valid = lines.filter(({ isVoid }) => !isVoid);
    this.numbered = Map.groupBy(lines, ({ number }) => number);
    this.bySku = new Map(valid.map((line) => [String(line.item?.sku), line]));
    this.alike = Map.groupBy(
      valid.filter((line) => !isNegative(line)),
      contentKeyOf,
    );
  }

  /** The lines that remain, with their remaining amounts. */
  get remaining(): readonly Line[] {
    return this.lines.filter((one) => !this.voided.has(one)).map((one) => this.reduced.get(one) ?? one);
  }

  /** Voids another line with the same content, if there is one. */
  voidRepeatOf(line: Line): boolean {
    const repeat = this.repeatOf(line);
    if (repeat) this.voided.add(repeat);
    return repeat !== undefined;
  }

  /** The line that a void line refers to; undefined if it cannot be found. */
  targetOf(line: Line): Line | 'itself' | undefined {
    const link = line.link ?? line.number;
    const linked = link === undefined ? [] : (this.numbered.get(link) ?? []).slice(0, mostOfNumber);
    const others = linked.filter((one) => one !== line);
    const targets = others.filter((one) => !one.isVoid && isSame(one, line));
    if (targets.length > 0) return targets.find((one) => !this.voided.has(one)) ?? targets[0];
    // The link is to another item, as that of a deposit to its bottle.
    if (line.link === undefined || others.length > 0) return 'itself';
    return this.repeatOf(line) ?? this.bySku.get(line.link);
  }

  /** Subtracts the amount of the void line from its target; false if the target had less. */
  reduce(target: Line, line: Line): boolean {
    if (this.voided.has(target)) return false;
    const rest = restOf((this.reduced.get(target) ?? target).item, line.item);
    if (rest === 'nothing') this.voided.add(target);
    else if (rest) this.reduced.set(target, { ...target, item: rest });
    return rest !== undefined;
  }

  private repeatOf(line: Line): Line | undefined {
    const key = contentKeyOf(line);
    const same = this.alike.get(key) ?? [];
    while (same.length > 0 && (this.voided.has(same.at(-1)!) || this.reduced.has(same.at(-1)!))) same.pop();
    return key === undefined ? undefined : same.at(-1);
  }
}

/** Whether the line is a sale with an amount below 0. */
export const isNegative = ({ item }: Line) => item !== undefined && !item.isReturn && (item.amount ?? 0) < 0;

function keyOf(item: Item | undefined): string | undefined {
  const name = item?.sku ?? item?.title;
  return name === undefined ? undefined : `${item!.isReturn ? 'return' : 'sale'} ${name}`;
}

/** A key of item, quantity and amount; undefined if the item or the amount is unknown. */
function contentKeyOf({ item }: Line): string | undefined {
  const key = keyOf(item);
  if (key === undefined || item!.amount === undefined) return undefined;
  return `${rounded(Math.abs(item!.amount))} ${item!.quantity} ${key}`;
}

/** Whether both may be the same item. A line without an item matches any. */
function isSame(one: Line, other: Line): boolean {
  for (const part of ['discount', 'tax', 'tender'] as const)
    if (other[part] !== undefined) return one[part] !== undefined;
  if (!other.item) return true;
  if (!one.item) return false;
  const [key, same] = [keyOf(one.item), keyOf(other.item)];
  return key === undefined || same === undefined || key === same;
}

/** The rest of an item after another one is subtracted; undefined if that is more than the item. */
function restOf(item: Item | undefined, back: Item | undefined): Item | 'nothing' | undefined {
  if (item?.amount === undefined || back?.amount === undefined) return 'nothing';
  const [had, voided] = [Math.abs(item.amount), Math.abs(back.amount)];
  if (isWithin(0, had, voided)) return 'nothing';
  if (voided > had) return undefined;
  const share = (had - voided) / had;
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
