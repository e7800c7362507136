import { hour } from '../durations.ts';
import type { Gate } from './gate.ts';

/** Passes if the cause is recent: a replay of old activities makes no offers. */
export const freshness: Gate = (_template, { cause, policy, now }) => {
  const ageHours = (now - cause.at) / hour;
  return {
    gate: 'freshness',
    passed: ageHours <= policy.staleAfterHours,
    reason: `the activity is ${ageHours < 1 ? 'less than 1' : Math.ceil(ageHours)} h old, the maximum is ${policy.staleAfterHours} h`,
  };
};
