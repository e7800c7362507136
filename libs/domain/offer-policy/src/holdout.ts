import { hash, hashRange } from './hash.ts';

/**
 * Whether a customer is in the holdout: those who get no offers, so that the effect of offers can be measured.
 * The same customers for ever; a larger share adds some and lets none go.
 *
 * @param share 0..1 of all customers; 0 is nobody, 1 everybody
 */
export function isHeldOut(customerId: string, share: number): boolean {
  return share > 0 && hash(`holdout:${customerId}`) < share * hashRange;
}
