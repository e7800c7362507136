import type { Item, LineItem } from './receipt.ts';

/**
 * The lines of a receipt that stand: without those that were taken back. A void line with links takes back those that it links to; one without is
 * itself void, or repeats an earlier line that it takes back, where only that comes to the total.
 */
export function standingLines(
  lines: readonly LineItem[],
  comesToTotal: (lines: readonly LineItem[]) => boolean,
): readonly LineItem[] {
  const linked = new Set(lines.flatMap(({ VoidFlag, ItemLink }) => (VoidFlag ? (ItemLink ?? []) : [])).map(String));
  const standing = lines.filter(
    ({ VoidFlag, SequenceNumber }) =>
      !VoidFlag && !(SequenceNumber !== undefined && linked.has(String(SequenceNumber))),
  );
  const repeating = lines.filter(({ VoidFlag, ItemLink }) => VoidFlag && !ItemLink?.length);
  if (repeating.length === 0 || comesToTotal(standing)) return standing;
  const without = repeating.reduce(withoutOneLike, standing);
  return comesToTotal(without) ? without : standing;
}

/** Without the last line that sells or takes back the same for the same. */
function withoutOneLike(lines: readonly LineItem[], void_: LineItem): readonly LineItem[] {
  const at = lines.findLastIndex((line) => isSame(line.Sale, void_.Sale) && isSame(line.Return, void_.Return));
  return at === -1 ? lines : lines.toSpliced(at, 1);
}

function isSame(one: Item | undefined, other: Item | undefined): boolean {
  if (!one || !other) return one === other;
  return one.ItemID === other.ItemID && Math.abs(one.ExtendedAmount ?? 0) === Math.abs(other.ExtendedAmount ?? 0);
}
