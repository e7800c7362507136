import { day } from '../durations.ts';
import type { Gate } from './gate.ts';

/** The customer has not had as many offers as the contact policy allows, of all templates together. */
export const contactBudget: Gate = (_template, { customer, policy, now }) => {
  const made = customer.offersMade.filter(({ madeAt }) => now - madeAt < policy.perDays * day).length;
  return {
    gate: 'contact budget',
    passed: made < policy.most,
    reason: `${made} of at most ${policy.most} offers in ${policy.perDays} days`,
  };
};
