import type { Faults } from '../faults.ts';
import type { Line } from './line.ts';
import { isNegative, TakenBack } from './taken-back.ts';

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
  const taken = new TakenBack(lines);
  const unsure: Line[] = [];
  let isUnclear = false;
  for (const line of lines.filter(({ isVoid }) => isVoid)) {
    taken.gone.add(line);
    const target = taken.targetOf(line);
    if (target === 'itself') unsure.push(...(line.link === undefined ? [line] : []));
    else if (target === undefined || !taken.take(target, line)) {
      isUnclear = true;
      noteUnclear(line, faults);
    }
  }
  for (const line of lines.filter((one) => isNegative(one) && !one.isVoid))
    if (taken.takeRepeatOf(line)) taken.gone.add(line);
  // A line of less than nothing that is void was never meant to be sold.
  for (const line of unsure.filter(isNegative)) taken.takeRepeatOf(line);
  const remaining = taken.left;
  const repeated = unsure.filter((line) => !isNegative(line)).filter((line) => taken.takeRepeatOf(line));
  return { lines: remaining, otherwise: repeated.length > 0 ? taken.left : undefined, isUnclear };
}

function noteUnclear({ path }: Line, faults: Faults): void {
  const reason = `${path} takes back a line that cannot be found, or more than there was`;
  faults.add({ code: 'void-unclear', field: path, reason });
}
