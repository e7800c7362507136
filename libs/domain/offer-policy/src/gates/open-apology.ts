import type { Gate } from './gate.ts';

/** Nothing is sold to a customer to whom an apology is due, until it is closed. */
export const openApology: Gate = ({ commercial }, { customer }) => ({
  gate: 'open apology',
  passed: !(commercial && customer.openApology),
  reason: customer.openApology ? 'an apology is open' : 'no apology is open',
});
