import type { Faults } from '../faults.ts';
import type { Line } from './line.ts';
import { isNegative, VoidedLines } from './voided-lines.ts';

/** The lines of a receipt that were not voided. */
export interface Remaining {
  readonly lines: readonly Line[];
  /** An alternative: the lines that remain if a void line without a link voids an earlier equal line instead of itself. */
  readonly otherwise: readonly Line[] | undefined;
  /** Whether a line voids another that cannot be found: the sum may be wrong. */
  readonly isUnclear: boolean;
}

/**
 * Tills void a line in three ways: they flag the line; they repeat it with a flag and a link to it; they repeat it with an amount below 0.
 */
export function remainingLines(lines: readonly Line[], faults: Faults): Remaining {
  const voids = new VoidedLines(lines);
  const unsure: Line[] = [];
  let isUnclear = false;
  for (const line of lines.filter(({ isVoid }) => isVoid)) {
    voids.voided.add(line);
    const target = voids.targetOf(line);
    if (target === 'itself') unsure.push(...(line.link === undefined ? [line] : []));
    else if (target === undefined || !voids.reduce(target, line)) {
      isUnclear = true;
      addUnclearFault(line, faults);
    }
  }
  for (const line of lines.filter((one) => isNegative(one) && !one.isVoid))
    if (voids.voidRepeatOf(line)) voids.voided.add(line);
  // A void line with an amount below 0 was no sale.
  for (const line of unsure.filter(isNegative)) voids.voidRepeatOf(line);
  const remaining = voids.remaining;
  const repeated = unsure.filter((line) => !isNegative(line)).filter((line) => voids.voidRepeatOf(line));
  return { lines: remaining, otherwise: repeated.length > 0 ? voids.remaining : undefined, isUnclear };
}

function addUnclearFault({ path }: Line, faults: Faults): void {
  const reason = `${path} voids a line that cannot be found, or more than its amount`;
  faults.add({ code: 'void-unclear', field: path, reason });
}
