import { type ActivityReceived, idReused } from '@sestante/contracts';
import { readCloudEvent } from './cloudevents/read-cloud-event.ts';
import type { UnreadableLine } from './files/line.ts';
import { readRecord } from './files/record.ts';
import { judge, rejected, type Verdict } from '../judge/judge.ts';
import type { Reception } from '../judge/time/activity-time.ts';
import { readReceipt } from './receipts/read-receipt.ts';
import type { Format } from '../types/format.ts';
import type { Vouching } from '../judge/who/identifiers.ts';
import type { Source } from '../types/source.ts';
import type { Read } from './read.ts';

/** Converts an event of each format to an event of the tracking API, which is then judged. */
const readers = {
  tracking: (event) => ({ event }),
  cloudevent: readCloudEvent,
  receipt: readReceipt,
  record: readRecord,
  // An unreadable line already has its code and reason.
  line: (line) => line as UnreadableLine,
  // A later service found that its id was used for another event before.
  activity: (activity) => ({ ...idReused, messageId: (activity as ActivityReceived).messageId }),
} as const satisfies Record<Format, (value: unknown) => Read>;

/** While a source is paused, its events are stored as rejected events. They can be reprocessed when it is resumed. */
export interface Pausable {
  readonly isPaused: boolean;
}

/** Judges one event of a source, in the format in which it was received. */
export function judgeAs(
  format: Format,
  value: unknown,
  source: Source & Vouching & Pausable,
  reception: Reception,
): Verdict {
  const read: Read = readers[format](value);
  if ('code' in read) return rejected(read, read.code, read.reason);
  if (source.isPaused) return rejected(read.event, 'source-paused', 'the source is paused');
  const inZone = read.timeZone === undefined ? source : { ...source, timeZone: read.timeZone };
  const verdict = judge(read.event, inZone, read.violations ? { ...reception, found: read.violations } : reception);
  const isWithoutIdentifier = verdict.kind === 'rejected' && verdict.rejection.code === 'identifier-missing';
  // With the field names of a receipt instead of those of the tracking API.
  return isWithoutIdentifier && format === 'receipt'
    ? rejected(read.event, 'identifier-missing', noCustomerOnReceipt)
    : verdict;
}

const noCustomerOnReceipt =
  'no identifier: RetailTransaction needs LoyaltyAccount.LoyaltyAccountID, or Customer with CustomerID, EMail or Telephone';
