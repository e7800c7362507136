import { isHeldOut } from '../holdout.ts';
import type { Gate } from './gate.ts';

/** The customer is not among those who get nothing, so that the effect of offers can be measured. */
export const holdout: Gate = (_template, { customer, policy }) => {
  const isOut = isHeldOut(customer.customerId, policy.holdoutShare);
  return {
    gate: 'holdout',
    passed: !isOut,
    reason: isOut ? 'the customer is in the holdout' : 'the customer is not in the holdout',
  };
};
