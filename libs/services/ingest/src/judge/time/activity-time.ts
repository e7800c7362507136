import type { Violation } from '@sestante/contracts';
import type { CustomerToken } from '../../types/customer-token.ts';
import type { Fault } from '../fault.ts';
import { isBlank } from '../is-blank.ts';
import { furthestAheadMs } from '../limits.ts';
import type { TrackingEvent } from '../tracking-event.ts';
import { DeviceClocks, toleranceMs } from './device-clocks.ts';
import { readInstant, type ReadInstant } from './read-instant.ts';
import { timeNamesIn } from './time-names.ts';

/** When an activity happened, by the clock of the server and never after its reception; in milliseconds since 1970. */
export interface ActivityTime {
  readonly at: number;
  /** The bounds of an uncertain time; both equal `at` if the time is certain. */
  readonly earliest: number;
  readonly latest: number;
  /** Whether the clock may be wrong or the event delayed, so that it may have happened as late as its reception. */
  readonly isOfUnsureClock?: true;
  readonly violations: readonly Violation[];
}

/** When an event was received, and what applies to all events that were received with it. */
export interface Reception {
  readonly receivedAt: Date;
  readonly sentAt?: unknown;
  /** The message id of an event that has none; by default a random one. */
  readonly messageId?: string | undefined;
  /** Its position among the events that were received together. */
  readonly sequence?: number;
  /** The token of a customer that was sent with it. */
  readonly token?: CustomerToken | undefined;
  /** Whether it is from a file. A file can be corrected and sent again, so its times are not checked against a device's clock. */
  readonly isFromFile?: boolean;
  /** Violations that were found when its format was read. */
  readonly found?: readonly Violation[];
  /** What earlier events showed about the clocks of devices. Without it, each event is judged alone. */
  readonly clocks?: DeviceClocks;
}

export interface TimeContext {
  readonly reception: Reception;
  /** The time zone of the source; null if it has none. */
  readonly timeZone: string | null;
  /** The id of the device whose clock was used. */
  readonly device: string;
}

/** No system that sends events has recorded anything before this year. */
const earliestYear = Date.UTC(1990, 0, 1);
const dayMs = 24 * 3_600_000;
/** The dates at which clocks start after a reset. */
const resets = [Date.UTC(2000, 0, 1), Date.UTC(2001, 0, 1)];

/**
 * Reads when an activity happened. The time of the event is used unless it is implausible: `sentAt` differs from `receivedAt` by the time in queues
 * and retries as well as by the clock, and some SDKs write it when a batch is closed.
 */
export function activityTime(event: TrackingEvent, { reception, timeZone, device }: TimeContext): ActivityTime | Fault {
  const received = reception.receivedAt.getTime();
  const given = givenTime(event, timeZone);
  if (given === undefined) return reception.isFromFile ? withoutTime(event, received) : exactTime(received);
  const happened = readInstant(given, timeZone);
  if (!happened)
    return {
      code: 'timestamp-invalid',
      reason: 'timestamp must be a date and time in ISO 8601, such as 2026-10-09T12:00:00Z',
    };
  if (reception.isFromFile) return timeInFile(happened, received);
  const sent = readInstant(event.sentAt ?? reception.sentAt, timeZone)?.at;
  if (sent === undefined || sent < happened.at) return withoutSentAt(happened, received);
  // A clock that was reset still measures the delay correctly, unless `sentAt` was written when a batch was closed.
  const waited = received - (sent - happened.at);
  if (isLost(sent) && !isLost(waited)) return withUnsureClock(exactTime(waited), received);
  if (isLost(happened.at)) return atReception(received, whenIs(happened.at));
  const clocks = reception.clocks ?? new DeviceClocks();
  const corrected = clocks.correct({ device, happened: happened.at, sent, received });
  const read = atMost(isLost(corrected) ? happened : shifted(happened, corrected), received);
  if (Math.abs(sent - received) <= toleranceMs) return read;
  // A clock may be further ahead than it seems, as the event may have been delayed, too. A clock that seems to be behind may be right.
  return withUnsureClock(read, received, sent > received ? -Infinity : Math.min(read.earliest, happened.earliest));
}

function withUnsureClock(time: ActivityTime, latest: number, earliest = -Infinity): ActivityTime {
  return { ...time, earliest, latest, isOfUnsureClock: true };
}

/** The time in the event; under another name than `timestamp`, only if it is a valid instant. Undefined if there is none. */
function givenTime(event: TrackingEvent, timeZone: string | null): unknown {
  const time = event.originalTimestamp ?? event.timestamp;
  if (!isBlank(time)) return time;
  const fields = event as unknown as Readonly<Record<string, unknown>>;
  const others = Object.keys(fields).filter((name) => typeof fields[name] !== 'object' && !isBlank(fields[name]));
  const parts = timeNamesIn(others.filter((name) => name !== 'event')).map((name) => String(fields[name]));
  return parts.length > 0 && readInstant(parts.join(' '), timeZone) ? parts.join(' ') : undefined;
}

/** A file contains past events: an event without a time is dated at its reception. That is a violation, except for identify; a grant of consent is ignored. */
function withoutTime({ type }: TrackingEvent, received: number): ActivityTime {
  const reason = 'timestamp is missing: the activity was dated at its reception';
  const isReported = type !== 'identify';
  const violations = isReported ? [{ code: 'timestamp-missing', field: 'timestamp', reason }] : [];
  return { at: received, earliest: -Infinity, latest: received, violations };
}

/** The time of an event without a usable `sentAt`. */
function withoutSentAt(happened: ReadInstant, received: number): ActivityTime {
  if (isLost(happened.at)) return atReception(received, whenIs(happened.at));
  if (happened.earliest - received > toleranceMs) return atReception(received, 'is in the future');
  const read = atMost(happened, received);
  return isBeginningOfYear(happened.at, received) ? withUnsureClock(read, received, read.earliest) : read;
}

/** A clock without a battery starts at the year of its firmware: such a time may be right, or the event may be of today. */
function isBeginningOfYear(at: number, received: number): boolean {
  if (received - at < 365 * dayMs) return false;
  const year = new Date(at).getUTCFullYear();
  return at < Date.UTC(year, 0, 3) && year < new Date(received).getUTCFullYear() - 1;
}

function timeInFile(happened: ReadInstant, received: number): ActivityTime | Fault {
  if (happened.at < earliestYear)
    return { code: 'timestamp-implausible', reason: `timestamp ${whenIs(happened.at)}; the earliest year is 1990` };
  if (happened.at - received > furthestAheadMs)
    return { code: 'timestamp-in-future', reason: 'timestamp is more than 24 hours in the future' };
  return atMost(happened, received);
}

/** Whether a clock that shows this instant was reset. */
function isLost(at: number): boolean {
  return at < earliestYear || resets.some((reset) => at >= reset && at < reset + dayMs);
}

const whenIs = (at: number) => `is in the year ${new Date(at).getUTCFullYear()}`;

function shifted({ earliest, latest, at: before, ...rest }: ReadInstant, at: number): ReadInstant {
  return { ...rest, at, earliest: earliest + at - before, latest: latest + at - before };
}

const exactTime = (at: number): ActivityTime => ({ at, earliest: at, latest: at, violations: [] });

/** The time of the event is unusable: the activity is dated at its reception. */
function atReception(received: number, why: string): ActivityTime {
  const reason = `timestamp ${why}: the activity was dated at its reception`;
  const violations = [{ code: 'timestamp-implausible', field: 'timestamp', reason }];
  return { at: received, earliest: -Infinity, latest: received, violations };
}

/** Limits the time to that of the reception. A difference of some minutes is no violation. */
function atMost({ at, earliest, latest, doubt }: ReadInstant, received: number): ActivityTime {
  const [limited, earliestLimited, latestLimited] = [at, earliest, latest].map((one) => Math.min(one, received));
  const violations = doubt ? [{ ...doubt, field: 'timestamp' }] : [];
  return { at: limited!, earliest: earliestLimited!, latest: latestLimited!, violations };
}
