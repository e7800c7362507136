import type { Gate } from './gate.ts';

/**
 * Win/win or no deal: passes if the expected value is above 0 for the customer and for the retailer. The margin of a relational
 * template includes the value of the relationship (see `Template.margin`).
 */
export const winWin: Gate = ({ benefit, margin }) => ({
  gate: 'win/win',
  passed: benefit > 0 && margin > 0,
  reason: `expected value: ${benefit} for the customer, ${margin} for the retailer; both must be above 0`,
});
