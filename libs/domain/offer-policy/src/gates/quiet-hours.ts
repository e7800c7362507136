import type { QuietHours } from '../situation.ts';
import type { Gate } from './gate.ts';

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

/** The minute of the customer's own day, 0..1439. Throws `RangeError` where there is no such zone: `validatePolicy` lets none in. */
function localMinute(now: number, { timeZone }: QuietHours): number {
  const clock = clocks.get(timeZone) ?? clockOf(timeZone);
  const part = (type: 'hour' | 'minute') => Number(clock.formatToParts(now).find((one) => one.type === type)!.value);
  return part('hour') * 60 + part('minute');
}

/** To make one costs a hundred times what it costs to read it. Zones are few. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: 'numeric', minute: 'numeric', hourCycle: 'h23' });
  clocks.set(timeZone, clock);
  return clock;
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
