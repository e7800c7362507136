import { day } from '../durations.ts';
import type { Gate } from './gate.ts';

/** Passes if the customer has got fewer offers, of all templates together, than the maximum of the contact policy. */
export const contactBudget: Gate = (_template, { customer, policy, now }) => {
  const made = customer.offersMade.filter(({ madeAt }) => now - madeAt < policy.perDays * day).length;
  return {
    gate: 'contact budget',
    passed: made < policy.most,
    reason: `the customer has got ${made} of at most ${policy.most} offers in ${policy.perDays} days`,
  };
};
