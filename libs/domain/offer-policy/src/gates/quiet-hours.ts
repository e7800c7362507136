import { minute } from '../durations.ts';
import type { QuietHours } from '../situation.ts';
import type { Gate } from './gate.ts';

const minutesPerDay = 24 * 60;

/** It is not the time of the customer's day at which nobody may be disturbed. */
export const quietHours: Gate = (_template, { policy, now }) => {
  const quiet = policy.quietHours;
  if (quiet === undefined) return { gate: 'quiet hours', passed: true, reason: 'no hours are quiet' };
  const minuteOfDay = localMinute(now, quiet);
  return {
    gate: 'quiet hours',
    passed: !isQuiet(minuteOfDay, quiet),
    reason: `it is ${clock(minuteOfDay)} for the customer, quiet from ${clock(quiet.from * 60)} to ${clock(quiet.to * 60)}`,
  };
};

/** The minute of the customer's own day, 0..1439. */
function localMinute(now: number, { utcOffsetMinutes }: QuietHours): number {
  const minutes = Math.floor(now / minute) + utcOffsetMinutes;
  return ((minutes % minutesPerDay) + minutesPerDay) % minutesPerDay;
}

function isQuiet(minuteOfDay: number, { from, to }: QuietHours): boolean {
  const isAfterStart = minuteOfDay >= from * 60;
  const isBeforeEnd = minuteOfDay < to * 60;
  return from <= to ? isAfterStart && isBeforeEnd : isAfterStart || isBeforeEnd;
}

function clock(minuteOfDay: number): string {
  const minutes = String(Math.floor(minuteOfDay % 60)).padStart(2, '0');
  return `${Math.floor(minuteOfDay / 60)}:${minutes}`;
}
