import { startsWithValidDate } from '@sestante/contracts';
import { Temporal } from 'temporal-polyfill';

/** An instant with its possible range, in milliseconds since 1970. All three are equal if it is unambiguous. A date without a time starts at `at`. */
export interface ReadInstant {
  readonly at: number;
  readonly earliest: number;
  readonly latest: number;
  /** The reason why it is ambiguous. */
  readonly doubt?: { readonly code: 'time-zone-missing' | 'local-time-unclear'; readonly reason: string };
}

/** Date, time and offset in ISO 8601, also in its basic form and with slashes. `Date.parse` alone would accept "Order 12", too. */
const iso8601 =
  /^(\d{4})([-/]?)(\d\d)\2(\d\d)(?:(?:T|t| )(\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?(?: ?(Z|z|UTC|GMT|[+-]\d\d(?::?\d\d)?))?)?$/;
/** The format of JavaScript, the most frequent one. */
const javaScriptFormat = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/;
/** The first digit of the seconds of a leap second, 60. */
const digitSix = 0x36;
/** The format of mails and of HTTP. */
const rfc5322 = /^(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (?:GMT|UTC|[+-]\d{4})$/;
/** Seconds, milliseconds or microseconds since 1970; seconds and milliseconds may have a fraction. */
const epoch = /^(\d{10})(\d{3})?(?:(\d{3})|\.\d{1,9})?$/;
/** The name of the zone that Java writes after the offset (RFC 9557). */
const zoneName = /(?<=Z|[+-]\d\d:\d\d)\[[\w/+-]+\]$/;

/** Time zones are between 12 hours behind and 14 hours ahead of UTC. */
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const [furthestBehindMs, furthestAheadMs] = [12 * hourMs, 14 * hourMs];

/**
 * Reads an instant in ISO 8601, RFC 5322, or seconds or milliseconds since 1970. A local time is in the given zone; without a zone it is read as
 * UTC, with a doubt. Undefined if the value is not an instant.
 */
export function readInstant(value: unknown, timeZone: string | null): ReadInstant | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') return undefined;
  if (javaScriptFormat.test(text) && text.charCodeAt(17) !== digitSix && startsWithValidDate(text))
    return exactInstant(Date.parse(text));
  const trimmed = text.trim().replace(zoneName, '');
  const sinceEpoch = epoch.exec(trimmed);
  if (sinceEpoch) return exactInstant(epochMs(trimmed, sinceEpoch));
  if (rfc5322.test(trimmed)) return exactInstant(Date.parse(trimmed));
  const [, year, , month, date, hour, minutes = '00', seconds = '00', fraction = '', offset] =
    iso8601.exec(trimmed) ?? [];
  if (year === undefined) return undefined;
  const day = `${year}-${month!}-${date!}`;
  if (!startsWithValidDate(day)) return undefined;
  // A leap second is read as the beginning of the next minute: JavaScript cannot represent it.
  const [second, leapMs] = seconds === '60' ? ['59', 1_000] : [seconds, 0];
  const local = `${day}T${hour ?? '00'}:${minutes}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}`;
  const inUtc = Date.parse(`${local}${offsetOf(offset)}`) + leapMs;
  if (Number.isNaN(inUtc)) return undefined;
  if (offset !== undefined) return exactInstant(inUtc);
  const read = timeZone === null ? assumedUtc(inUtc) : inZone(inUtc, timeZone);
  return hour === undefined ? { ...read, latest: read.latest + dayMs - 1 } : read;
}

function epochMs(text: string, [, , milliseconds, microseconds]: RegExpExecArray): number {
  if (microseconds !== undefined) return Math.floor(Number(text) / 1_000);
  return Math.floor(Number(text) * (milliseconds === undefined ? 1_000 : 1));
}

function exactInstant(at: number): ReadInstant | undefined {
  return Number.isNaN(at) ? undefined : { at, earliest: at, latest: at };
}

function offsetOf(offset = 'Z'): string {
  if (/^[a-z]+$/i.test(offset)) return 'Z';
  return offset.length === 3 ? `${offset}:00` : offset;
}

function assumedUtc(at: number): ReadInstant {
  const reason = 'timestamp has no offset, and the source has no time zone: it was read as UTC';
  return {
    at,
    earliest: at - furthestAheadMs,
    latest: at + furthestBehindMs,
    doubt: { code: 'time-zone-missing', reason },
  };
}

/**
 * A local time in a zone. When clocks are set back, an hour occurs twice: the first is used. When they are set forward, an hour is skipped: its
 * times are read with the offset from before the change.
 */
function inZone(localMs: number, timeZone: string): ReadInstant {
  const local = Temporal.Instant.fromEpochMilliseconds(localMs).toZonedDateTimeISO('UTC').toPlainDateTime();
  const [earliest, latest] = (['earlier', 'later'] as const).map(
    (disambiguation) => local.toZonedDateTime(timeZone, { disambiguation }).epochMilliseconds,
  ) as [number, number];
  if (earliest === latest) return { at: earliest, earliest, latest };
  const isTwice = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' }).toPlainDateTime().equals(local);
  const reason = isTwice
    ? `timestamp occurs twice on that day in ${timeZone}, as clocks were set back: the first was used; send it with an offset`
    : `timestamp does not exist on that day in ${timeZone}, as clocks were set forward; send it with an offset`;
  // A skipped time is read as if the clock had not been set forward yet.
  const at = isTwice ? earliest : latest;
  return { at, earliest, latest, doubt: { code: 'local-time-unclear', reason } };
}
