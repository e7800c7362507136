import { localTime, timeText } from '../local-time.ts';
import type { QuietHours } from '../situation.ts';
import type { Gate } from './gate.ts';

/**
 * Passes outside the quiet hours of the contact policy and outside those of the customer, each in its own time zone. The hours of a customer who never said
 * where they live are in the time zone of the policy, or else in UTC.
 */
export const quietHours: Gate = (_template, { policy, customer: { wishes }, now }) => {
  const timeZone = wishes.timeZone ?? policy.quietHours?.timeZone ?? 'UTC';
  const all = [
    ...(policy.quietHours ? [{ whose: 'quiet hours', quiet: policy.quietHours }] : []),
    ...(wishes.quietHours ? [{ whose: "the customer's quiet hours", quiet: { ...wishes.quietHours, timeZone } }] : []),
  ];
  if (all.length === 0)
    return { gate: 'quiet hours', passed: true, reason: 'neither the contact policy nor the customer has quiet hours' };
  const verdicts = all.map(({ whose, quiet }) => judge(now, whose, quiet));
  return {
    gate: 'quiet hours',
    passed: verdicts.every(({ passed }) => passed),
    reason: verdicts.map(({ reason }) => reason).join('; '),
  };
};

function judge(now: number, whose: string, quiet: QuietHours): { passed: boolean; reason: string } {
  const { minute } = localTime(now, quiet.timeZone);
  return {
    passed: !isQuiet(minute, quiet),
    reason: `it is ${timeText(minute)} in ${quiet.timeZone}; ${whose} are from ${timeText(quiet.from * 60)} to ${timeText(quiet.to * 60)}`,
  };
}

function isQuiet(minuteOfDay: number, { from, to }: QuietHours): boolean {
  const isAfterStart = minuteOfDay >= from * 60;
  const isBeforeEnd = minuteOfDay < to * 60;
  return from <= to ? isAfterStart && isBeforeEnd : isAfterStart || isBeforeEnd;
}
