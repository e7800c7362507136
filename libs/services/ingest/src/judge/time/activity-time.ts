import type { Violation } from '@sestante/contracts';
import type { Fault } from '../fault.ts';
import { isBlank } from '../is-blank.ts';
import { furthestAheadMs } from '../limits.ts';
import type { TrackingEvent } from '../tracking-event.ts';
import { DeviceClocks, unnoticedMs } from './device-clocks.ts';
import { readInstant, type ReadInstant } from './read-instant.ts';
import { timeNamesIn } from './time-names.ts';

/** When an activity happened, by our clock and never after it was received; in milliseconds since 1970. */
export interface ActivityTime {
  readonly at: number;
  /** What it can be at the earliest and at the latest, where that is in doubt. */
  readonly earliest: number;
  readonly latest: number;
  /** Whether its clock may be wrong, or it may have waited, so that it may have happened as late as it came. */
  readonly isOfUnsureClock?: true;
  readonly violations: readonly Violation[];
}

/** When events came in, and what their sender says of all of them. */
export interface Reception {
  readonly receivedAt: Date;
  readonly sentAt?: unknown;
  /** Stands where an event has none of its own. Without it, a random one does. */
  readonly messageId?: string | undefined;
  /** Its place among the events that came together. */
  readonly sequence?: number;
  /** It stands in a file, which can be mended and sent again: nobody's clock is to blame for its times. */
  readonly isFromFile?: boolean;
  /** What is wrong with it in the form in which it came. */
  readonly found?: readonly Violation[];
  /** What is known of the clocks of devices; without it, each event is looked at alone. */
  readonly clocks?: DeviceClocks;
}

export interface Sending {
  readonly reception: Reception;
  /** Of the source; null where it has none. */
  readonly timeZone: string | null;
  /** Whose clock it is. */
  readonly device: string;
}

/** What is older was not recorded by any system that sends events. */
const earliestYear = Date.UTC(1990, 0, 1);
const dayMs = 24 * 3_600_000;
/** Where clocks begin again when they have lost their time. */
const resets = [Date.UTC(2000, 0, 1), Date.UTC(2001, 0, 1)];

/**
 * Reads when an activity happened. What the event says stands, unless it cannot be: `sentAt` differs from `receivedAt` by the time in queues and
 * retries as well as by the clock, and some SDKs write it when a batch is closed.
 */
export function activityTime(event: TrackingEvent, { reception, timeZone, device }: Sending): ActivityTime | Fault {
  const received = reception.receivedAt.getTime();
  const given = givenTime(event, timeZone);
  if (given === undefined) return reception.isFromFile ? withoutTime(event, received) : exactly(received);
  const happened = readInstant(given, timeZone);
  if (!happened) return { code: 'timestamp-invalid', reason: 'timestamp is not an instant in ISO 8601' };
  if (reception.isFromFile) return inFile(happened, received);
  const sent = readInstant(event.sentAt ?? reception.sentAt, timeZone)?.at;
  if (sent === undefined || sent < happened.at) return alone(happened, received);
  // A clock that has lost its time still measures how long something waited, unless this was said when a batch was closed.
  const waited = received - (sent - happened.at);
  if (isLost(sent) && !isLost(waited)) return unsure(exactly(waited), received);
  if (isLost(happened.at)) return atReception(received, whenIs(happened.at));
  const clocks = reception.clocks ?? new DeviceClocks();
  const placed = clocks.place({ device, happened: happened.at, sent, received });
  const read = within(isLost(placed) ? happened : moved(happened, placed), received);
  if (Math.abs(sent - received) <= unnoticedMs) return read;
  // A clock that is ahead may be so by more than is seen, as the event may have waited, too. One that seems to be behind may be right.
  return unsure(read, received, sent > received ? -Infinity : Math.min(read.earliest, happened.earliest));
}

function unsure(time: ActivityTime, latest: number, earliest = -Infinity): ActivityTime {
  return { ...time, earliest, latest, isOfUnsureClock: true };
}

/** What the event says of its time, under another name only what can be one; undefined where it says nothing. */
function givenTime(event: TrackingEvent, timeZone: string | null): unknown {
  const time = event.originalTimestamp ?? event.timestamp;
  if (!isBlank(time)) return time;
  const fields = event as unknown as Readonly<Record<string, unknown>>;
  const others = Object.keys(fields).filter((name) => typeof fields[name] !== 'object' && !isBlank(fields[name]));
  const said = timeNamesIn(others.filter((name) => name !== 'event')).map((name) => String(fields[name]));
  return said.length > 0 && readInstant(said.join(' '), timeZone) ? said.join(' ') : undefined;
}

/** A file tells of the past: what has no time counts from when it came, which is told of what happened, and a yes does not count. */
function withoutTime({ type }: TrackingEvent, received: number): ActivityTime {
  const reason = 'nobody says when it happened: the activity is dated at its reception';
  const isTold = type !== 'identify';
  const violations = isTold ? [{ code: 'timestamp-missing', field: 'timestamp', reason }] : [];
  return { at: received, earliest: -Infinity, latest: received, violations };
}

/** Where nobody says when it was sent, or nothing that could be. */
function alone(happened: ReadInstant, received: number): ActivityTime {
  if (isLost(happened.at)) return atReception(received, whenIs(happened.at));
  if (happened.earliest - received > unnoticedMs) return atReception(received, 'lies ahead');
  const read = within(happened, received);
  return isBeginningOfYear(happened.at, received) ? unsure(read, received, read.earliest) : read;
}

/** Clocks without a battery begin with the year of their program: what is dated so may be of today, or of then. */
function isBeginningOfYear(at: number, received: number): boolean {
  if (received - at < 365 * dayMs) return false;
  const year = new Date(at).getUTCFullYear();
  return at < Date.UTC(year, 0, 3) && year < new Date(received).getUTCFullYear() - 1;
}

function inFile(happened: ReadInstant, received: number): ActivityTime | Fault {
  if (happened.at < earliestYear)
    return { code: 'timestamp-implausible', reason: `timestamp ${whenIs(happened.at)}: nothing was recorded then` };
  if (happened.at - received > furthestAheadMs)
    return { code: 'timestamp-in-future', reason: 'timestamp lies more than 24 hours ahead' };
  return within(happened, received);
}

/** Whether a clock that says so has lost its time. */
function isLost(at: number): boolean {
  return at < earliestYear || resets.some((reset) => at >= reset && at < reset + dayMs);
}

const whenIs = (at: number) => `is of the year ${new Date(at).getUTCFullYear()}`;

function moved({ earliest, latest, at: before, ...rest }: ReadInstant, at: number): ReadInstant {
  return { ...rest, at, earliest: earliest + at - before, latest: latest + at - before };
}

const exactly = (at: number): ActivityTime => ({ at, earliest: at, latest: at, violations: [] });

/** Nobody knows when it was: it counts from when it came. */
function atReception(received: number, why: string): ActivityTime {
  const reason = `timestamp ${why}: the activity is dated at its reception`;
  const violations = [{ code: 'timestamp-implausible', field: 'timestamp', reason }];
  return { at: received, earliest: -Infinity, latest: received, violations };
}

/** Nothing happens after it was received; some minutes of difference are no doubt. */
function within({ at, earliest, latest, doubt }: ReadInstant, received: number): ActivityTime {
  const [atMost, earliestAtMost, latestAtMost] = [at, earliest, latest].map((one) => Math.min(one, received));
  const violations = doubt ? [{ ...doubt, field: 'timestamp' }] : [];
  return { at: atMost!, earliest: earliestAtMost!, latest: latestAtMost!, violations };
}
