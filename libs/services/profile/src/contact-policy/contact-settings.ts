import { dayAt, isObject, isPauseEnd, isTimeZone, type Standing } from '@sestante/contracts';

/** The settings of a customer's own contact policy, apart from consents and language. */
export const contactSettings = ['quietHours', 'timeZone', 'budget', 'pausedUntil'] as const;
export type ContactSetting = (typeof contactSettings)[number];

/**
 * A pause that a page alone asked for: it can begin or extend a pause, but not end one that the customer set. What a secret or the customer says about a pause
 * replaces it.
 */
export const pageVouchedPause = 'pageVouchedPause';

export const settingLimits = { hours: 24, most: 1_000, perDays: 366, pauseYears: 10 } as const;

type Properties = Readonly<Record<string, unknown>>;
export type SettingValue = readonly [setting: ContactSetting, value: string];

/**
 * The settings in the properties of `preferences.updated`, in the form in which they are stored: JSON, and of a pause the day or instant, empty for none. Null
 * removes a setting. A value that is not valid changes nothing. Of two values with the same instant, the greater text wins: a setting, not its absence.
 */
export function settingsIn(properties: Properties): SettingValue[] {
  const found: SettingValue[] = [];
  const add = (setting: ContactSetting, given: unknown, read: (value: unknown) => string | undefined) => {
    if (given === undefined) return;
    const value = given === null ? noneOf(setting) : read(given);
    if (value !== undefined) found.push([setting, value]);
  };
  add('quietHours', properties['quiet_hours'], quietHoursOf);
  add('timeZone', properties['time_zone'], (zone) => (isTimeZone(zone) ? JSON.stringify(zone) : undefined));
  add('budget', properties['budget'], budgetOf);
  add('pausedUntil', properties['paused_until'], (until) => (isPauseEnd(until) ? until : undefined));
  return found;
}

const noneOf = (setting: ContactSetting) => (setting === 'pausedUntil' ? '' : 'null');

function quietHoursOf(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  const { from, to } = value;
  return isBetween(from, 0, settingLimits.hours) && isBetween(to, 0, settingLimits.hours)
    ? JSON.stringify({ from, to })
    : undefined;
}

function budgetOf(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  const { most, per_days: perDays } = value;
  const isValid =
    isBetween(most, 0, settingLimits.most) &&
    isBetween(perDays, 1, settingLimits.perDays) &&
    Number.isInteger(most) &&
    Number.isInteger(perDays);
  return isValid ? JSON.stringify({ most, perDays }) : undefined;
}

const isBetween = (value: unknown, least: number, most: number): value is number =>
  typeof value === 'number' && value >= least && value <= most;

export const aDay = /^\d{4}-\d\d-\d\d$/;

/** Whether a pause until then has not ended. A day begins in the time zone of the customer, or else in UTC. */
export function isAhead(pausedUntil: string, timeZone: string | undefined, now: number): boolean {
  if (aDay.test(pausedUntil)) return dayAt(now, timeZone ?? 'UTC') < pausedUntil;
  return now < Date.parse(pausedUntil);
}

type Settings = Pick<Standing, ContactSetting>;

/** The settings from their stored values. Those that were removed are absent. */
export function settingsOf(
  valueOf: (setting: ContactSetting | typeof pageVouchedPause) => string | undefined,
): Settings {
  const entries = contactSettings.flatMap((setting) => {
    const value = setting === 'pausedUntil' ? pauseOf(valueOf) : valueOf(setting);
    if (value === undefined || value === noneOf(setting)) return [];
    return [[setting, setting === 'pausedUntil' ? value : (JSON.parse(value) as unknown)] as const];
  });
  return Object.fromEntries(entries) as Settings;
}

/** The end of a pause; empty for none. That of a page counts if it is later than that of the customer, so that it extends the pause and does not shorten it. */
function pauseOf(
  valueOf: (setting: 'timeZone' | 'pausedUntil' | typeof pageVouchedPause) => string | undefined,
): string {
  const [own, byPage] = [valueOf('pausedUntil') ?? '', valueOf(pageVouchedPause) ?? ''];
  if (own === '' || byPage === '') return own || byPage;
  const zone = JSON.parse(valueOf('timeZone') ?? 'null') as string | null;
  return isLater(byPage, own, zone) ? byPage : own;
}

/** UTC+14, where days begin first, and UTC-12, where they begin last. */
const [firstZone, lastZone] = ['Etc/GMT-14', 'Etc/GMT+12'];

/** Whether the first end of a pause is later than the second: a day begins in the time zone of the customer. If that is unknown, whether it is in every zone. */
function isLater(one: string, other: string, timeZone: string | null): boolean {
  if (aDay.test(one) === aDay.test(other)) return Date.parse(one) > Date.parse(other);
  return aDay.test(one)
    ? dayAt(Date.parse(other), timeZone ?? firstZone) < one
    : dayAt(Date.parse(one), timeZone ?? lastZone) >= other;
}
