import { day } from '../durations.ts';
import type { Gate } from './gate.ts';

/** The customer has not had this template, in whichever version, as often as its cap allows. */
export const templateCap: Gate = ({ template, caps }, { customer, now }) => {
  const isCounted = (offer: { template: string; madeAt: number }) =>
    offer.template === template && now - offer.madeAt < caps.perDays * day;
  const made = customer.offersMade.filter(isCounted).length;
  return {
    gate: 'template cap',
    passed: made < caps.perCustomer,
    reason: `${made} of at most ${caps.perCustomer} of this template in ${caps.perDays} days`,
  };
};
