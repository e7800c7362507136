import type { Properties } from '../activity.ts';
import { numberOf, type Property } from './property.ts';

/** Amounts outside of this range would cost other amounts their digits. */
const [least, most] = [1e-6, 1e12];

/** The amount of money in a property, without its sign: 0, or from 1e-6 to 1e12. Undefined if it is missing. */
export function amountOf(property: Property, properties: Properties): number | undefined {
  const value = numberOf(property, properties);
  if (value === undefined) return undefined;
  const amount = Math.abs(value);
  return amount < least ? 0 : Math.min(most, amount);
}
