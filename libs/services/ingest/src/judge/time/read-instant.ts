import { startsWithValidDate } from '@sestante/contracts';
import { Temporal } from 'temporal-polyfill';

/** What an instant can mean, in milliseconds since 1970; all three are the same where it can mean one thing only. A day alone begins at `at`. */
export interface ReadInstant {
  readonly at: number;
  readonly earliest: number;
  readonly latest: number;
  /** Why it may mean another instant. */
  readonly doubt?: { readonly code: 'time-zone-missing' | 'local-time-unclear'; readonly reason: string };
}

/** Day, time and offset in ISO 8601, also in its basic form and with slashes. `Date.parse` alone would find an instant in "Order 12", too. */
const iso8601 =
  /^(\d{4})([-/]?)(\d\d)\2(\d\d)(?:(?:T|t| )(\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?(?: ?(Z|z|UTC|GMT|[+-]\d\d(?::?\d\d)?))?)?$/;
/** As JavaScript writes it, which is how most come. */
const usual = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/;
/** Of a leap second, whose seconds are 60. */
const six = 0x36;
/** As mails and HTTP have it. */
const rfc5322 = /^(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (?:GMT|UTC|[+-]\d{4})$/;
/** Seconds, milliseconds or microseconds since 1970; programs write fractions of the first two. */
const epoch = /^(\d{10})(\d{3})?(?:(\d{3})|\.\d{1,9})?$/;
/** What Java puts behind the offset (RFC 9557). */
const zoneName = /(?<=Z|[+-]\d\d:\d\d)\[[\w/+-]+\]$/;

/** The zones of the earth lie between 12 hours behind and 14 hours ahead of UTC. */
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const [furthestBehindMs, furthestAheadMs] = [12 * hourMs, 14 * hourMs];

/**
 * An instant as systems write it: ISO 8601, RFC 5322, seconds or milliseconds since 1970. Local times are those of the zone; without one, of UTC, which
 * is a doubt. Undefined for what is none.
 */
export function readInstant(value: unknown, timeZone: string | null): ReadInstant | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') return undefined;
  if (usual.test(text) && text.charCodeAt(17) !== six && startsWithValidDate(text)) return sure(Date.parse(text));
  const trimmed = text.trim().replace(zoneName, '');
  const sinceEpoch = epoch.exec(trimmed);
  if (sinceEpoch) return sure(epochMs(trimmed, sinceEpoch));
  if (rfc5322.test(trimmed)) return sure(Date.parse(trimmed));
  const [, year, , month, date, hour, minutes = '00', seconds = '00', fraction = '', offset] =
    iso8601.exec(trimmed) ?? [];
  if (year === undefined) return undefined;
  const day = `${year}-${month!}-${date!}`;
  if (!startsWithValidDate(day)) return undefined;
  // A leap second is the beginning of the next minute: no clock here has a place for it.
  const [second, leapMs] = seconds === '60' ? ['59', 1_000] : [seconds, 0];
  const local = `${day}T${hour ?? '00'}:${minutes}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}`;
  const inUtc = Date.parse(`${local}${offsetOf(offset)}`) + leapMs;
  if (Number.isNaN(inUtc)) return undefined;
  if (offset !== undefined) return sure(inUtc);
  const read = timeZone === null ? assumedUtc(inUtc) : inZone(inUtc, timeZone);
  return hour === undefined ? { ...read, latest: read.latest + dayMs - 1 } : read;
}

function epochMs(text: string, [, , milliseconds, microseconds]: RegExpExecArray): number {
  if (microseconds !== undefined) return Math.floor(Number(text) / 1_000);
  return Math.floor(Number(text) * (milliseconds === undefined ? 1_000 : 1));
}

function sure(at: number): ReadInstant | undefined {
  return Number.isNaN(at) ? undefined : { at, earliest: at, latest: at };
}

function offsetOf(offset = 'Z'): string {
  if (/^[a-z]+$/i.test(offset)) return 'Z';
  return offset.length === 3 ? `${offset}:00` : offset;
}

function assumedUtc(at: number): ReadInstant {
  const reason = 'timestamp has no time zone, and its source has none either: it is read as UTC';
  return {
    at,
    earliest: at - furthestAheadMs,
    latest: at + furthestBehindMs,
    doubt: { code: 'time-zone-missing', reason },
  };
}

/** Where clocks change, an hour comes twice, and another not at all. The first is taken, and of the hour that is skipped what the clock showed before. */
function inZone(localMs: number, timeZone: string): ReadInstant {
  const local = Temporal.Instant.fromEpochMilliseconds(localMs).toZonedDateTimeISO('UTC').toPlainDateTime();
  const [earliest, latest] = (['earlier', 'later'] as const).map(
    (disambiguation) => local.toZonedDateTime(timeZone, { disambiguation }).epochMilliseconds,
  ) as [number, number];
  if (earliest === latest) return { at: earliest, earliest, latest };
  const isTwice = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' }).toPlainDateTime().equals(local);
  const reason = isTwice
    ? `timestamp comes twice that day in ${timeZone}, where clocks were set back: the first is taken`
    : `timestamp does not exist that day in ${timeZone}, where clocks were set forward`;
  // Of a time that was skipped, the clock had not been set forward yet.
  const at = isTwice ? earliest : latest;
  return { at, earliest, latest, doubt: { code: 'local-time-unclear', reason } };
}
