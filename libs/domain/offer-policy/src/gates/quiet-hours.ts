import type { QuietHours } from '../situation.ts';
import type { Gate } from './gate.ts';

/** Passes outside the quiet hours of the contact policy. */
export const quietHours: Gate = (_template, { policy, now }) => {
  const quiet = policy.quietHours;
  if (quiet === undefined)
    return { gate: 'quiet hours', passed: true, reason: 'the contact policy has no quiet hours' };
  const minuteOfDay = localMinute(now, quiet);
  return {
    gate: 'quiet hours',
    passed: !isQuiet(minuteOfDay, quiet),
    reason: `it is ${timeText(minuteOfDay)} in ${quiet.timeZone}; quiet hours are from ${timeText(quiet.from * 60)} to ${timeText(quiet.to * 60)}`,
  };
};

/** The minute of the local day, 0..1439. Throws `RangeError` for an unknown zone, which `validatePolicy` rejects. */
function localMinute(now: number, { timeZone }: QuietHours): number {
  const format = formats.get(timeZone) ?? formatOf(timeZone);
  const part = (type: 'hour' | 'minute') => Number(format.formatToParts(now).find((one) => one.type === type)!.value);
  return part('hour') * 60 + part('minute');
}

/** A cache: creating a format costs a hundred times as much as using it. There are few zones. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: 'numeric', minute: 'numeric', hourCycle: 'h23' });
  formats.set(timeZone, format);
  return format;
}

function isQuiet(minuteOfDay: number, { from, to }: QuietHours): boolean {
  const isAfterStart = minuteOfDay >= from * 60;
  const isBeforeEnd = minuteOfDay < to * 60;
  return from <= to ? isAfterStart && isBeforeEnd : isAfterStart || isBeforeEnd;
}

function timeText(minuteOfDay: number): string {
  const minutes = String(Math.floor(minuteOfDay % 60)).padStart(2, '0');
  return `${Math.floor(minuteOfDay / 60)}:${minutes}`;
}
