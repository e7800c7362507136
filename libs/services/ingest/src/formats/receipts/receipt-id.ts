import { type Fault, isFault } from '../../judge/fault.ts';
import type { ReceiptNode } from './receipt-node.ts';

/** The fields that together identify a receipt. */
export interface ReceiptKey {
  readonly store: string | number;
  readonly till: string | number;
  readonly number: string | number;
  readonly day: string;
}

/**
 * The key of a receipt: store, till, number and business day; or all faults in them. A link to another receipt may omit store and till: they are then
 * those of `own`.
 */
export function receiptKey(part: ReceiptNode, own?: ReceiptKey): ReceiptKey | Fault {
  const faults: Fault[] = [];
  const read = <T>(value: T | Fault): T => {
    if (isFault(value)) faults.push(value);
    return value as T;
  };
  const store = storeOf(part);
  const till = part.at('WorkstationID');
  const key = {
    store: own && store.isMissing ? own.store : read(idIn(store)),
    till: own && till.isMissing ? own.till : read(idIn(till)),
    number: read(idIn(part.at('SequenceNumber'))),
    day: read(dayIn(part.at('BusinessDayDate'))),
  };
  if (faults.length === 0) return key;
  return { code: faults[0]!.code, reason: faults.map(({ reason }) => reason).join('; ') };
}

/** The id of a receipt as a text. */
export function idOf({ store, till, number, day }: ReceiptKey): string {
  return [store, till, number, day].map(escaped).join('/');
}

/** A slash in a part could make the ids of two receipts equal. */
const escaped = (part: string | number) => encodeURIComponent(String(part));

/** Older versions of POSLog have `RetailStoreID` instead. */
function storeOf(part: ReceiptNode): ReceiptNode {
  const unit = part.at('BusinessUnit').many()[0];
  if (unit === undefined) return part.firstOf('BusinessUnit', 'RetailStoreID');
  return typeof unit.value === 'object' ? unit.at('UnitID') : unit;
}

/** A long number as Excel writes it, and the replacement for bytes that are not UTF-8: two receipts could have the same id. */
const unclear = /\ufffd|^\s*\d+(?:[.,]\d+)?E\+\d+\s*$/i;
const halfPair = /\p{Cs}/u;

function idIn(part: ReceiptNode): string | number | Fault {
  const id = part.label();
  if (id === undefined) return invalid(part, part.isMissing ? 'is required' : 'must be a text or number');
  if (typeof id === 'number') return Number.isSafeInteger(id) ? id : invalid(part, 'must be an integer below 2^53');
  if (halfPair.test(id)) return invalid(part, 'contains half a surrogate pair');
  if (!unclear.test(id)) return id;
  const reason = `${part.path} contains U+FFFD, or is a number in scientific notation that has lost digits: send it as a text in UTF-8`;
  return { code: 'identifier-unclear', reason };
}

/** A date in ISO 8601 or as in XML: also without separators, with slashes, with the time 00:00, with a zone. */
const day = /^\s*(\d{4})([-/]?)(\d\d)\2(\d\d)(?:T00:00(?::00(?:\.0+)?)?)?(?:Z|[+-]\d\d:\d\d)?\s*$/;

function dayIn(part: ReceiptNode): string | Fault {
  const [, year, , month, date] = day.exec(String(part.label() ?? '')) ?? [];
  if (year !== undefined) return `${year}-${month!}-${date!}`;
  return invalid(part, part.isMissing ? 'is required' : 'must be a date such as 2026-11-20');
}

function invalid({ path }: ReceiptNode, reason: string): Fault {
  return { code: 'receipt-invalid', reason: `${path} ${reason}` };
}
