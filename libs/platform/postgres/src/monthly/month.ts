/** A month in UTC, such as `2026-11`. */
export type Month = string;

/** An ISO 8601 text with its offset, or milliseconds since 1970. */
export type Instant = string | number;

/** The instant cannot be read, or its year has not four digits. Not retriable: no partition can have it. */
export class InvalidInstant extends Error {
  readonly code = 'invalid-instant';
  readonly retriable = false;
  constructor(instant: Instant) {
    super(`An instant must be a time of the years 0001 to 9999, got ${JSON.stringify(instant)}.`);
    this.name = 'InvalidInstant';
  }
}

const canonicalLength = '2026-11-27T17:03:39.123Z'.length;

/**
 * The month of a text as `Date.toISOString` writes it; undefined for any other instant, and in the last minute of a day, in which only a parser
 * knows the day of `24:00` or of a leap second.
 */
export function canonicalMonth(instant: Instant): Month | undefined {
  if (typeof instant !== 'string' || instant.length !== canonicalLength) return undefined;
  const isCanonical = instant[4] === '-' && instant[7] === '-' && instant[10] === 'T' && instant.endsWith('Z');
  return isCanonical && instant.slice(11, 16) < '23:59' ? instant.slice(0, 7) : undefined;
}

/**
 * The months to which the database may assign the instant. Two in the last millisecond of a month, because the database rounds digits
 * that JavaScript cuts off.
 */
export function monthsOf(instant: Instant): Month[] {
  const at = typeof instant === 'number' ? instant : Date.parse(instant);
  const months = [at, at + 1].map((ms) => (Number.isFinite(ms) ? monthAt(ms) : undefined));
  if (!months.every((month) => month !== undefined)) throw new InvalidInstant(instant);
  return [...new Set(months)];
}

/** The first millisecond of the month. */
export const startOf = (month: Month): number => Date.parse(`${month}-01T00:00:00.000Z`);

/** The first millisecond after the month. */
export const endOf = (month: Month): number => addMonths(startOf(month), 1);

export function addMonths(ms: number, months: number): number {
  return new Date(ms).setUTCMonth(new Date(ms).getUTCMonth() + months);
}

function monthAt(ms: number): Month | undefined {
  const date = new Date(ms);
  const year = date.getUTCFullYear();
  return year >= 1 && year <= 9999 ? date.toISOString().slice(0, 7) : undefined;
}
