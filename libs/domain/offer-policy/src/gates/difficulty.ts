import type { Gate } from './gate.ts';

/** Refuses commercial templates for a customer who cannot pay at the moment. */
export const difficulty: Gate = ({ commercial }, { customer }) => ({
  gate: 'difficulty',
  passed: !(commercial && customer.inDifficulty),
  reason: customer.inDifficulty
    ? 'the customer is in financial difficulty'
    : 'the customer is not in financial difficulty',
});
