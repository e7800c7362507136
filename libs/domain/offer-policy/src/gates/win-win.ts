import type { Gate } from './gate.ts';

/**
 * Win/win or no deal: the customer and the retailer are both expected to be better off. A relational gesture wins by the
 * relationship that it keeps, which is part of its margin (see `Template.margin`).
 */
export const winWin: Gate = ({ benefit, margin }) => ({
  gate: 'win/win',
  passed: benefit > 0 && margin > 0,
  reason: `worth ${benefit} to the customer and ${margin} to the retailer`,
});
