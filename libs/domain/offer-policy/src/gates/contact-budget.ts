import { day } from '../durations.ts';
import type { Gate } from './gate.ts';

/** Passes if the customer has got fewer offers, of all templates together, than the maximum of the contact policy and than the customer's own. */
export const contactBudget: Gate = (_template, { customer, policy, now }) => {
  const { budget } = customer.wishes;
  const madeIn = (days: number) => customer.offersMade.filter(({ madeAt }) => now - madeAt < days * day).length;
  const made = madeIn(policy.perDays);
  const reason = `the customer has got ${made} of at most ${policy.most} offers in ${policy.perDays} days`;
  if (!budget) return { gate: 'contact budget', passed: made < policy.most, reason };
  const madeOfOwn = madeIn(budget.perDays);
  return {
    gate: 'contact budget',
    passed: made < policy.most && madeOfOwn < budget.most,
    reason: `${reason}; the customer wants at most ${budget.most} in ${budget.perDays} days and has got ${madeOfOwn}`,
  };
};
