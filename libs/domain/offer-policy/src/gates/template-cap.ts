import { day } from '../durations.ts';
import type { Gate } from './gate.ts';

/** Passes if the customer has got this template, in any version, less often than its cap. */
export const templateCap: Gate = ({ template, caps }, { customer, now }) => {
  const isCounted = (offer: { template: string; madeAt: number }) =>
    offer.template === template && now - offer.madeAt < caps.perDays * day;
  const made = customer.offersMade.filter(isCounted).length;
  return {
    gate: 'template cap',
    passed: made < caps.perCustomer,
    reason: `the customer has got ${made} of at most ${caps.perCustomer} offers of this template in ${caps.perDays} days`,
  };
};
