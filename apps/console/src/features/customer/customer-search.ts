import { type Element, elements } from '../../pictures/elements.ts';

/** What the address of a customer's page holds. */
export interface CustomerSearch {
  /** The explained element. */
  readonly element?: Element | undefined;
  /** The days of the curve. */
  readonly days?: number | undefined;
  /** An instant of the past, whose scores are shown. */
  readonly at?: string | undefined;
}

export const spans = [30, 90, 365] as const;

/** Leaves out what is not valid. */
export function validateCustomerSearch({ element, days, at }: Record<string, unknown>): CustomerSearch {
  return {
    ...((elements as readonly unknown[]).includes(element) && { element: element as Element }),
    ...((spans as readonly unknown[]).includes(days) && { days: days as number }),
    ...(typeof at === 'string' && !Number.isNaN(Date.parse(at)) && { at }),
  };
}
