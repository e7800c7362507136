import type { Gate } from './gate.ts';

/** Nothing is sold to a customer who cannot pay at the moment. */
export const difficulty: Gate = ({ commercial }, { customer }) => ({
  gate: 'difficulty',
  passed: !(commercial && customer.inDifficulty),
  reason: customer.inDifficulty ? 'the customer is in difficulty' : 'the customer is not in difficulty',
});
