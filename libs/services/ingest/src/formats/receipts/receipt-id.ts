import { type Fault, isFault } from '../../judge/fault.ts';
import type { Part } from './part.ts';

/** Where, when, which: what makes a receipt unique. */
export interface ReceiptKey {
  readonly store: string | number;
  readonly till: string | number;
  readonly number: string | number;
  readonly day: string;
}

/**
 * The receipt by store, till, number and business day, or all that is wrong with them. What a link to another receipt leaves out of store and till is
 * that of its own.
 */
export function receiptKey(part: Part, own?: ReceiptKey): ReceiptKey | Fault {
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

/** The same for the same receipt. */
export function idOf({ store, till, number, day }: ReceiptKey): string {
  return [store, till, number, day].map(escaped).join('/');
}

/** A slash in a part would make two receipts one. */
const escaped = (part: string | number) => encodeURIComponent(String(part));

/** POSLog calls it by an element of its own in its older versions. */
function storeOf(part: Part): Part {
  const unit = part.at('BusinessUnit').many()[0];
  if (unit === undefined) return part.firstOf('BusinessUnit', 'RetailStoreID');
  return typeof unit.value === 'object' ? unit.at('UnitID') : unit;
}

/** What Excel makes of a long number, and what stands where bytes were not UTF-8: two receipts would become one. */
const unclear = /\ufffd|^\s*\d+(?:[.,]\d+)?E\+\d+\s*$/i;
const halfPair = /\p{Cs}/u;

function idIn(part: Part): string | number | Fault {
  const id = part.label();
  if (id === undefined) return invalid(part, part.isMissing ? 'is missing' : 'must be a text or number');
  if (typeof id === 'number') return Number.isSafeInteger(id) ? id : invalid(part, 'must be a whole number below 2^53');
  if (halfPair.test(id)) return invalid(part, 'has half a surrogate pair in it');
  if (!unclear.test(id)) return id;
  const reason = `${part.path} has U+FFFD in it, or is a number that was rounded: it cannot be told from others`;
  return { code: 'identifier-unclear', reason };
}

/** As ISO 8601 and XML write a day: also in digits alone, with slashes, as its midnight, with a zone. */
const day = /^\s*(\d{4})([-/]?)(\d\d)\2(\d\d)(?:T00:00(?::00(?:\.0+)?)?)?(?:Z|[+-]\d\d:\d\d)?\s*$/;

function dayIn(part: Part): string | Fault {
  const [, year, , month, date] = day.exec(String(part.label() ?? '')) ?? [];
  if (year !== undefined) return `${year}-${month!}-${date!}`;
  return invalid(part, part.isMissing ? 'is missing' : 'must be a day such as 2026-11-20');
}

function invalid({ path }: Part, reason: string): Fault {
  return { code: 'receipt-invalid', reason: `${path} ${reason}` };
}
