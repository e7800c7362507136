import type { Gate } from './gate.ts';

/** Refuses commercial templates for a customer to whom an apology is due. */
export const openApology: Gate = ({ commercial }, { customer }) => ({
  gate: 'open apology',
  passed: !(commercial && customer.openApology),
  reason: customer.openApology ? 'an apology to the customer is due' : 'no apology to the customer is due',
});
