import { hash, hashRange } from './hash.ts';

/**
 * Whether a customer is in the holdout: the customers who get no offers, so that the effect of offers can be measured.
 * The answer for a customer never changes for the same share. A larger share adds customers and removes none.
 *
 * @param share 0..1 of all customers: 0 is no customer, 1 is all
 */
export function isHeldOut(customerId: string, share: number): boolean {
  return share > 0 && hash(`holdout:${customerId}`) < share * hashRange;
}
