import { readInstant } from '../../judge/time/read-instant.ts';
import type { ReceiptNode } from './receipt-node.ts';

/** A business day may be closed late, and a till may be offline for some days. */
const furthestApartMs = 7 * 24 * 3_600_000;

/**
 * The time of a receipt: the first of `EndDateTime`, `BeginDateTime` and `BusinessDayDate` that is present. A time that is invalid, or far from the
 * business day, as that of a clock that was reset, is skipped.
 */
export function receiptTime(receipt: ReceiptNode, day: string): unknown {
  const given = ['EndDateTime', 'BeginDateTime'].map((name) => receipt.at(name)).filter(({ isMissing }) => !isMissing);
  const readable = given.filter((part) => atOf(part.text) !== undefined);
  if (given.length > 0 && readable.length === 0) return given[0]!.text;
  const dayAt = atOf(day);
  const isNear = ({ text }: ReceiptNode) => dayAt === undefined || Math.abs(atOf(text)! - dayAt) <= furthestApartMs;
  const used = readable.find(isNear);
  for (const part of given.slice(0, used ? given.indexOf(used) : given.length)) {
    if (!readable.includes(part)) part.addTypeFault('a date and time in ISO 8601');
    else addFarFault(part);
  }
  return used ? used.text : day;
}

const atOf = (text: unknown) => readInstant(text, null)?.at;

function addFarFault({ path, faults }: ReceiptNode): void {
  const reason = `${path} is more than 7 days from BusinessDayDate: it was ignored`;
  faults.add({ code: 'timestamp-implausible', field: path, reason });
}
