const dayMs = 86_400_000;
const hourMs = 3_600_000;

const format = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?)?$/;

/** A date, or an instant, in milliseconds since 1970. UTC if the text has no offset. */
interface Parsed {
  readonly at: number;
  readonly isDate: boolean;
}

/** Reads a date or an instant in ISO 8601, as `promised_for` of the vocabulary. */
function parse(value: unknown): Parsed | undefined {
  const [, date, time, offset = 'Z'] = (typeof value === 'string' && format.exec(value)) || [];
  if (date === undefined) return undefined;
  const zone = offset.length === 5 ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset;
  const at = Date.parse(time === undefined ? `${date}T00:00Z` : `${date}T${time}${zone}`);
  return Number.isNaN(at) ? undefined : { at, isDate: time === undefined };
}

/** The days from `value` to `at`: 0 on the day itself if it is a date, exact if it is an instant, below 0 before it. */
export function daysFrom(value: unknown, at: number): number | undefined {
  const from = parse(value);
  if (from === undefined) return undefined;
  const days = (at - from.at) / dayMs;
  return from.isDate ? Math.floor(days) : days;
}

/** The hours from the instant `value` to `at`; undefined if it is a date without a time. */
export function hoursFrom(value: unknown, at: number): number | undefined {
  const from = parse(value);
  return from === undefined || from.isDate ? undefined : (at - from.at) / hourMs;
}
