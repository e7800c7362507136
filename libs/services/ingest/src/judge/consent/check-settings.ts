import { isObject, isPauseEnd, isTimeZone, type Violation } from '@sestante/contracts';
import { readInstant } from '../time/read-instant.ts';

type Properties = Readonly<Record<string, unknown>>;

interface Checked {
  readonly properties: Properties;
  readonly violations: readonly Violation[];
}

const isWithin = (value: unknown, least: number, most: number) =>
  typeof value === 'number' && value >= least && value <= most;
const isWhole = (value: unknown, least: number, most: number) =>
  Number.isInteger(value) && isWithin(value, least, most);

/** What the type of a field does not say, by its name: the check, and what it requires. */
const checks: Readonly<Record<string, readonly [isValid: (value: unknown) => boolean, required: string]>> = {
  time_zone: [isTimeZone, 'the name of a time zone in the IANA database'],
  paused_until: [isPauseEnd, 'a day or an instant that exists'],
  quiet_hours: [
    (value) => isObject(value) && isWithin(value['from'], 0, 24) && isWithin(value['to'], 0, 24),
    '`from` and `to` from 0 to 24',
  ],
  budget: [
    (value) => isObject(value) && isWhole(value['most'], 0, 1_000) && isWhole(value['per_days'], 1, 366),
    '`most`, a whole number up to 1,000, and `per_days`, a whole number from 1 to 366',
  ],
};

/**
 * Checks the contact settings of a customer in `preferences.updated`. An invalid one is removed and reported. The end of a pause becomes an instant in
 * RFC 3339 if it is written in another way; without an offset, it is in the time zone of the source, or else in the one where it is the latest.
 */
export function checkSettings(name: string, checked: Checked, timeZone: string | null): Checked {
  if (name !== 'preferences.updated') return checked;
  const { violations } = checked;
  const properties = withPauseEnd(checked.properties, timeZone);
  const invalid = Object.entries(checks).filter(
    ([field, [isValid]]) => properties[field] !== undefined && !isValid(properties[field]),
  );
  if (invalid.length === 0) return { properties, violations };
  const names = new Set(invalid.map(([field]) => field));
  return {
    properties: Object.fromEntries(Object.entries(properties).filter(([field]) => !names.has(field))),
    violations: [
      ...violations,
      ...invalid.map(([field, [, required]]) => ({
        code: 'field-invalid' as const,
        field,
        reason: `${name}: ${field} must be ${required}`,
        given: properties[field],
      })),
    ],
  };
}

function withPauseEnd(properties: Properties, timeZone: string | null): Properties {
  const { paused_until: given } = properties;
  const end = isPauseEnd(given) ? undefined : readInstant(given, timeZone);
  return end ? { ...properties, paused_until: new Date(end.latest).toISOString() } : properties;
}
