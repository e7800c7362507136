import { isHeldOut } from '../holdout.ts';
import type { Gate } from './gate.ts';

/** Refuses customers of the holdout, who get no offers so that the effect of offers can be measured. A customer who denied measurement is never part of it. */
export const holdout: Gate = (_template, { customer, policy }) => {
  if (customer.consent.measurement === 'denied')
    return { gate: 'holdout', passed: true, reason: 'the customer takes part in no measurement' };
  const isOut = isHeldOut(customer.customerId, policy.holdoutShare);
  return {
    gate: 'holdout',
    passed: !isOut,
    reason: isOut ? 'the customer is in the holdout, which gets no offers' : 'the customer is not in the holdout',
  };
};
