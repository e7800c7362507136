import { type ActivityReceived, idReused } from '@sestante/contracts';
import { readCloudEvent } from './cloudevents/read-cloud-event.ts';
import type { UnreadableLine } from './files/line.ts';
import { readRecord } from './files/record.ts';
import { judge, rejected, type Verdict } from '../judge/judge.ts';
import type { Reception } from '../judge/time/activity-time.ts';
import { readReceipt } from './receipts/read-receipt.ts';
import type { Format } from '../types/format.ts';
import type { Source } from '../types/source.ts';
import type { Read } from './read.ts';

/** The forms in which events come, and how each is read as an event of the tracking API, which is what is judged. */
const readers = {
  tracking: (event) => ({ event }),
  cloudevent: readCloudEvent,
  receipt: readReceipt,
  record: readRecord,
  // Of a line that could not be read, there is no more to say.
  line: (line) => line as UnreadableLine,
  // What a later service found to be another event under a used id.
  activity: (activity) => ({ ...idReused, messageId: (activity as ActivityReceived).messageId }),
} as const satisfies Record<Format, (value: unknown) => Read>;

/** Whether the events of a source are kept as rejected ones for now, to be driven again when it goes on. */
export interface Pausable {
  readonly isPaused: boolean;
}

/** Judges one event of a source by itself, in the form in which it came. */
export function judgeAs(format: Format, value: unknown, source: Source & Pausable, reception: Reception): Verdict {
  const read: Read = readers[format](value);
  if ('code' in read) return rejected(read, read.code, read.reason);
  if (source.isPaused) return rejected(read.event, 'source-paused', 'the source is paused');
  const inZone = read.timeZone === undefined ? source : { ...source, timeZone: read.timeZone };
  const verdict = judge(read.event, inZone, read.violations ? { ...reception, found: read.violations } : reception);
  const isOfNobody = verdict.kind === 'rejected' && verdict.rejection.code === 'identifier-missing';
  // In the words of the till, which knows nothing of ours.
  return isOfNobody && format === 'receipt' ? rejected(read.event, 'identifier-missing', nobodyOnReceipt) : verdict;
}

const nobodyOnReceipt =
  'nobody is named: in RetailTransaction, LoyaltyAccount needs a LoyaltyAccountID, or Customer a CustomerID, EMail or Telephone';
