import { localTime } from '../local-time.ts';
import type { Gate } from './gate.ts';

/**
 * Refuses every template while the customer has paused offers: also those that are not commercial, because the customer has not asked for any of them. A day
 * begins at midnight in the time zone of the customer, or else in that of the contact policy, or else in UTC.
 */
export const pause: Gate = (_template, { policy, customer: { wishes }, now }) => {
  const { pausedUntil } = wishes;
  if (pausedUntil === undefined) return { gate: 'pause', passed: true, reason: 'the customer has not paused offers' };
  const timeZone = wishes.timeZone ?? policy.quietHours?.timeZone ?? 'UTC';
  const isPaused = typeof pausedUntil === 'number' ? now < pausedUntil : localTime(now, timeZone).day < pausedUntil;
  const until = typeof pausedUntil === 'number' ? new Date(pausedUntil).toISOString() : `${pausedUntil} in ${timeZone}`;
  return {
    gate: 'pause',
    passed: !isPaused,
    reason: isPaused ? `the customer has paused offers until ${until}` : `the pause of the customer ended: ${until}`,
  };
};
