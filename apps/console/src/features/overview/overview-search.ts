import { type Element, elements } from '../../pictures/elements.ts';

export const windows = [7, 30, 90] as const;
export const channels = ['web', 'mobile', 'store', 'service', 'other'] as const;

/** What the address of the overview holds. */
export interface OverviewSearch {
  /** The element whose movement is shown; if absent, the one that has moved most. */
  readonly element?: Element | undefined;
  /** The days over which changes are told. */
  readonly days?: (typeof windows)[number] | undefined;
  readonly channel?: (typeof channels)[number] | undefined;
  /** The id of an audience. */
  readonly audience?: string | undefined;
}

/** Leaves out what is not valid. */
export function validateOverviewSearch({ element, days, channel, audience }: Record<string, unknown>): OverviewSearch {
  return {
    ...(elements.some((one) => one === element) && { element: element as Element }),
    ...(windows.some((one) => one === days) && { days: days as (typeof windows)[number] }),
    ...(channels.some((one) => one === channel) && { channel: channel as (typeof channels)[number] }),
    ...(typeof audience === 'string' && { audience }),
  };
}
